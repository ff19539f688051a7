"""Addresses of the library."""

from django.urls import path

from surveys.questionnaires.question_library import views

urlpatterns = [
    path("library/", views.LibraryListView.as_view(), name="library_list"),
    path("library/<slug:key>/", views.LibraryItemView.as_view(), name="library_item"),
    path("library/<slug:key>/edit/", views.LibraryItemEditView.as_view(), name="library_edit"),
    path(
        "library/<slug:key>/retire/", views.LibraryItemRetireView.as_view(), name="library_retire"
    ),
    path(
        "library/<slug:key>/restore/",
        views.LibraryItemRestoreView.as_view(),
        name="library_restore",
    ),
    path(
        "questionnaires/<slug:code>/draft/library/",
        views.DraftLibraryView.as_view(),
        name="draft_library",
    ),
    path(
        "questionnaires/<slug:code>/draft/library/insert/",
        views.DraftLibraryInsertView.as_view(),
        name="draft_library_insert",
    ),
    path(
        "questionnaires/<slug:code>/draft/library/save/",
        views.DraftLibrarySaveView.as_view(),
        name="draft_library_save",
    ),
    path(
        "questionnaires/<slug:code>/draft/library/take/",
        views.DraftLibraryTakeView.as_view(),
        name="draft_library_take",
    ),
    path(
        "questionnaires/<slug:code>/draft/library/nodes/<slug:uid>/",
        views.DraftLibraryNodeView.as_view(),
        name="draft_library_node",
    ),
    path(
        "questionnaires/<slug:code>/draft/library/nodes/<slug:uid>/update/",
        views.DraftLibraryUpdateView.as_view(),
        name="draft_library_update",
    ),
]
