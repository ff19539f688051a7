"""Addresses of reports."""

from django.urls import path

from analytics.reports import views

RUN = "indices/<slug:code>/runs/<int:run_id>"
REPORT = "releases/<int:release_id>/agencies/<int:pk>"

urlpatterns = [
    path("analysis/<slug:code>/report/", views.RoundReportView.as_view(), name="round_report"),
    path(f"{RUN}/units/<slug:key>/", views.UnitProfileView.as_view(), name="index_unit_profile"),
    path(
        f"{RUN}/units/<slug:key>/pdf/",
        views.UnitProfilePaperView.as_view(),
        name="index_unit_paper",
    ),
    path(f"{REPORT}/", views.OwnReportView.as_view(), name="own_report"),
    path(f"{REPORT}/pdf/", views.OwnReportPaperView.as_view(), name="own_report_paper"),
]
