"""Addresses of the explorer."""

from django.urls import path

from analytics.explorer import views

urlpatterns = [
    path("analysis/", views.AnalysisListView.as_view(), name="analysis"),
    path("analysis/<slug:code>/", views.RoundExplorerView.as_view(), name="round_explorer"),
]
