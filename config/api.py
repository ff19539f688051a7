"""The addresses of ``/api/``: where it begins, the resources of each app, and nothing else."""

from typing import Final

from django.urls import URLPattern, URLResolver, include, path, re_path

from surveys.machines.api.docs import SchemaView
from surveys.machines.api.entry import NothingHereView, RootView
from surveys.machines.api.reference import ReferenceView

version_1: Final[list[URLPattern | URLResolver]] = [
    path("", RootView.as_view(), name="api_root"),
    path("schema/", SchemaView.as_view(), name="api_schema"),
    path("docs/", ReferenceView.as_view(), name="api_docs"),
    path("", include("surveys.api.urls")),
    path("", include("surveys.webhooks.resources")),
    path("", include("analytics.api.urls")),
    path("", include("exporters.api.urls")),
]

urlpatterns = [
    path("api/v1/", include(version_1)),
    re_path(r"^api/", NothingHereView.as_view(), name="api_nothing"),
]
