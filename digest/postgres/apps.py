"""The app that carries the command `db`; it has no models and imports nothing of the server."""

from django.apps import AppConfig


class EmbeddedPostgresConfig(AppConfig):
    name = "digest.postgres"
    label = "postgres_embedded"
    verbose_name = "Embedded PostgreSQL"
