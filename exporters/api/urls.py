"""Addresses of the resources of exporters, below ``/api/v1/``."""

from django.urls import path

from exporters.api.exports import ExportFileView, ExportListView, ExportView
from exporters.api.tables import DataSetTableView

urlpatterns = [
    path(
        "publications/<slug:code>/<int:number>/table/",
        DataSetTableView.as_view(),
        name="api_data_table",
    ),
    path("exports/", ExportListView.as_view(), name="api_exports"),
    path("exports/<int:pk>/", ExportView.as_view(), name="api_export"),
    path("exports/<int:pk>/file/", ExportFileView.as_view(), name="api_export_file"),
]
