"""Django looks here for `manage.py db`."""
