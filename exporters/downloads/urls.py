"""Addresses of the page of raw data."""

from django.urls import path

from exporters.downloads import views

urlpatterns = [
    path("rounds/<slug:code>/download/", views.RoundDownloadView.as_view(), name="round_download"),
]
