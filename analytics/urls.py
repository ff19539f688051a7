"""Addresses of the analysis, one line for each context."""

from django.urls import include, path

urlpatterns = [
    path("", include("analytics.reports.urls")),
    path("", include("analytics.releases.urls")),
    path("", include("analytics.explorer.urls")),
    path("", include("analytics.indices.urls")),
    path("", include("analytics.gate.urls")),
    path("", include("analytics.indices.ranking.urls")),
    path("", include("analytics.results.urls")),
]
