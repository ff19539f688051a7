"""Addresses of the resources of surveys, below ``/api/v1/``."""

from django.urls import path

from surveys.api.assignments import (
    AssignmentListView,
    AssignmentView,
    DefinitionView,
    RoundAssignmentsView,
)
from surveys.api.own_response import OwnResponseView
from surveys.api.rounds import CampaignListView, CampaignView, RoundListView, RoundView
from surveys.api.sending import SendingView
from surveys.api.units import UnitListView, UnitView

urlpatterns = [
    path("units/", UnitListView.as_view(), name="api_units"),
    path("units/<slug:key>/", UnitView.as_view(), name="api_unit"),
    path("campaigns/", CampaignListView.as_view(), name="api_campaigns"),
    path("campaigns/<slug:code>/", CampaignView.as_view(), name="api_campaign"),
    path("rounds/", RoundListView.as_view(), name="api_rounds"),
    path("rounds/<slug:code>/", RoundView.as_view(), name="api_round"),
    path(
        "rounds/<slug:code>/assignments/",
        RoundAssignmentsView.as_view(),
        name="api_round_assignments",
    ),
    path("assignments/", AssignmentListView.as_view(), name="api_assignments"),
    path("assignments/<int:pk>/", AssignmentView.as_view(), name="api_assignment"),
    path("assignments/<int:pk>/definition/", DefinitionView.as_view(), name="api_definition"),
    path("assignments/<int:pk>/response/", OwnResponseView.as_view(), name="api_response"),
    path("assignments/<int:pk>/sending/", SendingView.as_view(), name="api_sending"),
]
