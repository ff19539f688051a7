"""Addresses of the analysis."""

from django.urls import path

from analytics.results import views

urlpatterns = [
    path(
        "campaigns/<slug:code>/series/", views.CampaignSeriesView.as_view(), name="campaign_series"
    ),
    path("rounds/<slug:code>/results/", views.RoundResultView.as_view(), name="round_result"),
]
