"""The project: settings, addresses, the doors of web servers, and the database that comes with it."""
