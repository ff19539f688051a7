"""Addresses of verification."""

from django.urls import path

from surveys.verification import views

_ROUND = "rounds/<slug:code>/verification/"

urlpatterns = [
    path(_ROUND, views.RoundVerificationView.as_view(), name="round_verification"),
    path(f"{_ROUND}plan/", views.VerificationPlanView.as_view(), name="round_verification_plan"),
    path(
        f"{_ROUND}preview/", views.VerificationPreview.as_view(), name="round_verification_preview"
    ),
    path(f"{_ROUND}begin/", views.VerificationBegin.as_view(), name="round_verification_begin"),
    path(
        f"{_ROUND}release/", views.VerificationRelease.as_view(), name="round_verification_release"
    ),
    path(f"{_ROUND}close/", views.VerificationClose.as_view(), name="round_verification_close"),
    path(f"{_ROUND}work/", views.WorkView.as_view(), name="round_verification_work"),
    path(
        f"{_ROUND}decisions/",
        views.DecisionListView.as_view(),
        name="round_verification_decisions",
    ),
    path(f"{_ROUND}move/", views.MoveWorkView.as_view(), name="round_verification_move"),
    path("verification/<int:item>/", views.ItemView.as_view(), name="verification_item"),
    path("verification/<int:item>/flag/", views.ItemFlag.as_view(), name="verification_flag"),
    path("assignments/<int:pk>/findings/", views.FindingsView.as_view(), name="findings"),
    path("assignments/<int:pk>/findings/part/", views.FindingsPart.as_view(), name="findings_part"),
    path(
        "assignments/<int:pk>/findings/<int:item>/",
        views.FindingExplain.as_view(),
        name="finding_explain",
    ),
    path(
        "assignments/<int:pk>/findings/<int:item>/files/",
        views.FindingFiles.as_view(),
        name="finding_files",
    ),
    path(
        "assignments/<int:pk>/findings/uploads/",
        views.ExplanationUpload.as_view(),
        name="explanation_upload",
    ),
    path(
        "assignments/<int:pk>/findings/uploads/<uuid:upload>/",
        views.ExplanationPiece.as_view(),
        name="explanation_piece",
    ),
]
