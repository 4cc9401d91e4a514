"""The admin's app, with the site that opens on what waits for review."""

from django.contrib.admin.apps import AdminConfig


class CurationAdminConfig(AdminConfig):
    default_site = "articles.curation.admin.site.CurationSite"
