"""Addresses of the analysis, one line for each context."""

from django.urls import include, path

urlpatterns = [
    path("", include("analytics.results.urls")),
]
