"""Addresses of the surveys app: those of its contexts."""

from django.urls import include, path

urlpatterns = [
    path("", include("surveys.organisations.urls")),
    path("", include("surveys.machines.urls")),
    path("", include("surveys.inbox.urls")),
    path("", include("surveys.questionnaires.urls")),
    path("", include("surveys.campaigns.urls")),
    path("", include("surveys.responses.urls")),
    path("", include("surveys.verification.urls")),
    path("", include("surveys.openrosa.urls")),
    path("", include("surveys.webhooks.urls")),
]
