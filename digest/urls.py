"""Addresses: the admin, and the public pages at the root; in other languages than the first below their code."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import path

from articles.urls import machines, pages
from digest import metrics

urlpatterns = [
    path("admin/", admin.site.urls),
    path("metrics", metrics.page, name="metrics"),
    *machines,
    *i18n_patterns(*pages, prefix_default_language=False),
]

handler404 = "articles.pages.errors.not_found"
handler500 = "articles.pages.errors.broken"
