"""Addresses of papers and dossiers."""

from django.urls import path

from surveys.responses.dossier import views

_ASSIGNMENT = "assignments/<int:pk>/"

urlpatterns = [
    path(f"{_ASSIGNMENT}papers/", views.ResponsePapers.as_view(), name="response_papers"),
    path(
        f"{_ASSIGNMENT}papers/<int:number>/<str:language>/",
        views.ResponsePaper.as_view(),
        name="response_paper",
    ),
    path(
        f"{_ASSIGNMENT}papers/drafts/<int:job>/",
        views.ResponseDraftPaper.as_view(),
        name="response_draft_paper",
    ),
    path(f"{_ASSIGNMENT}dossier/", views.DossierAsk.as_view(), name="dossier_ask"),
    path(f"{_ASSIGNMENT}dossier/<int:job>/", views.Dossier.as_view(), name="dossier"),
]
