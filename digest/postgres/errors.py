"""The one exception of this room."""

from django.db.utils import OperationalError


class ClusterError(OperationalError):
    """Say in one sentence why the embedded database can't serve, and what to do about it."""
