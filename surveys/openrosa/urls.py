"""Addresses of OpenRosa: once with the token in them, once for HTTP Basic."""

from typing import Final

from django.urls import URLPattern, include, path

from surveys.openrosa.api.lists import FormListView, FormView, ManifestView, MediaView
from surveys.openrosa.api.submission import SubmissionView
from surveys.openrosa.views import ConnectView, DeviceListView, DeviceSubmissionView

_FORM = "forms/<slug:form_id>"

_DEVICES: Final[list[URLPattern]] = [
    path("formList", FormListView.as_view(), name="openrosa_form_list"),
    path("submission", SubmissionView.as_view(), name="openrosa_submission"),
    path(f"{_FORM}/form.xml", FormView.as_view(), name="openrosa_form"),
    path(f"{_FORM}/manifest.xml", ManifestView.as_view(), name="openrosa_manifest"),
    path(f"{_FORM}/media/<str:filename>", MediaView.as_view(), name="openrosa_media"),
]

_DEVICES_OF: Final = "assignments/<int:pk>/devices/"

urlpatterns = [
    path("account/tokens/collect/", ConnectView.as_view(), name="openrosa_connect"),
    path(_DEVICES_OF, DeviceListView.as_view(), name="device_list"),
    path(f"{_DEVICES_OF}<uuid:upload>/", DeviceSubmissionView.as_view(), name="device_submission"),
    path("openrosa/", include(_DEVICES)),
    path("openrosa/<str:token>/", include(_DEVICES)),
]
