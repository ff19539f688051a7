"""Addresses of the resources of exporters, below ``/api/v1/``."""

from django.urls import path

from exporters.api.exports import ExportFileView, ExportListView, ExportView

urlpatterns = [
    path("exports/", ExportListView.as_view(), name="api_exports"),
    path("exports/<int:pk>/", ExportView.as_view(), name="api_export"),
    path("exports/<int:pk>/file/", ExportFileView.as_view(), name="api_export_file"),
]
