"""Addresses: the admin, and the public pages at the root."""

from django.contrib import admin
from django.urls import include, path

from digest import metrics

urlpatterns = [
    path("admin/", admin.site.urls),
    path("metrics", metrics.page, name="metrics"),
    path("", include("articles.urls")),
]

handler404 = "articles.pages.errors.not_found"
handler500 = "articles.pages.errors.broken"
