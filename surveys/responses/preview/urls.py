"""Addresses of the preview of a draft."""

from django.urls import path

from surveys.responses.preview import views

_PREVIEW = "questionnaires/<slug:code>/draft/preview/"

urlpatterns = [
    path(_PREVIEW, views.DraftPreviewView.as_view(), name="draft_preview"),
    path(f"{_PREVIEW}path/", views.PreviewPathView.as_view(), name="draft_preview_path"),
    path(
        f"{_PREVIEW}sections/<str:step>/",
        views.PreviewSectionView.as_view(),
        name="draft_preview_section",
    ),
    path(f"{_PREVIEW}cells/", views.PreviewCellView.as_view(), name="draft_preview_cells"),
    path(f"{_PREVIEW}choices/", views.PreviewChoicesView.as_view(), name="draft_preview_choices"),
    path(f"{_PREVIEW}rows/<slug:act>/", views.PreviewRowsView.as_view(), name="draft_preview_rows"),
    path(f"{_PREVIEW}check/", views.PreviewCheckView.as_view(), name="draft_preview_check"),
    path(f"{_PREVIEW}fill/", views.PreviewFillView.as_view(), name="draft_preview_fill"),
    path(f"{_PREVIEW}reset/", views.PreviewResetView.as_view(), name="draft_preview_reset"),
]
