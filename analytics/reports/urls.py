"""Addresses of reports."""

from django.urls import path

from analytics.reports import views

urlpatterns = [
    path("analysis/<slug:code>/report/", views.RoundReportView.as_view(), name="round_report"),
]
