"""Addresses of the resources of analytics, below ``/api/v1/``."""

from django.urls import path

from analytics.api.answers import RoundAnswersView
from analytics.api.publications import (
    CodebookView,
    PublicationListView,
    PublicationResultsView,
    PublicationView,
)
from analytics.api.runs import RunListView, RunResultsView, RunView
from analytics.api.tables import AskableView, TableView

urlpatterns = [
    path("publications/", PublicationListView.as_view(), name="api_publications"),
    path(
        "publications/<slug:code>/<int:number>/", PublicationView.as_view(), name="api_publication"
    ),
    path(
        "publications/<slug:code>/<int:number>/codebook/",
        CodebookView.as_view(),
        name="api_codebook",
    ),
    path(
        "publications/<slug:code>/<int:number>/results/",
        PublicationResultsView.as_view(),
        name="api_publication_results",
    ),
    path("rounds/<slug:code>/variables/", AskableView.as_view(), name="api_askable"),
    path("rounds/<slug:code>/table/", TableView.as_view(), name="api_table"),
    path("rounds/<slug:code>/answers/", RoundAnswersView.as_view(), name="api_answers"),
    path("index-runs/", RunListView.as_view(), name="api_index_runs"),
    path("index-runs/<int:run_id>/", RunView.as_view(), name="api_index_run"),
    path(
        "index-runs/<int:run_id>/results/",
        RunResultsView.as_view(),
        name="api_index_run_results",
    ),
]
