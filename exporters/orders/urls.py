"""Addresses of the exports."""

from django.urls import path

from exporters.orders import views

urlpatterns = [
    path("rounds/<slug:code>/export/", views.RoundExportView.as_view(), name="round_export"),
    path("exports/", views.ExportListView.as_view(), name="export_list"),
    path("exports/<int:pk>/file/", views.ExportDownloadView.as_view(), name="export_download"),
    path("exports/<int:pk>/cancel/", views.ExportCancelView.as_view(), name="export_cancel"),
    path("exports/<int:pk>/retry/", views.ExportRetryView.as_view(), name="export_retry"),
    path("exports/file/<str:token>/", views.ExportFileView.as_view(), name="export_file"),
]
