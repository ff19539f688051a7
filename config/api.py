"""The addresses of ``/api/``: where it begins, the resources of each app, and nothing else."""

from django.urls import include, path, re_path

from surveys.machines.api.entry import NothingHereView, RootView

version_1 = [
    path("", RootView.as_view(), name="api_root"),
]

urlpatterns = [
    path("api/v1/", include(version_1)),
    re_path(r"^api/", NothingHereView.as_view(), name="api_nothing"),
]
