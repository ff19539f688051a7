"""Addresses of the exports."""

from django.urls import include, path

urlpatterns = [
    path("", include("exporters.orders.urls")),
    path("", include("exporters.downloads.urls")),
    path("", include("exporters.portal.urls")),
]
