"""Addresses of the ranking of an index."""

from django.urls import path

from analytics.indices.ranking import views

RANKING = "indices/<slug:code>/ranking"

urlpatterns = [
    path(f"{RANKING}/", views.RankingView.as_view(), name="index_ranking"),
    path(f"{RANKING}/charts/", views.ChartsView.as_view(), name="index_charts"),
    path(f"{RANKING}/weights/", views.WeightsView.as_view(), name="index_weights"),
    path(f"{RANKING}/units/", views.UnitsView.as_view(), name="index_units"),
]
