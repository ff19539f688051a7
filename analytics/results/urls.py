"""Addresses of the analysis."""

from django.urls import path

from analytics.results import views

urlpatterns = [
    path("rounds/<slug:code>/results/", views.RoundResultView.as_view(), name="round_result"),
]
