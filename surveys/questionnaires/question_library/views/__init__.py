"""The pages of the library, and its part of the builder."""

from surveys.questionnaires.question_library.views.drafts import (
    DraftLibraryInsertView,
    DraftLibraryNodeView,
    DraftLibrarySaveView,
    DraftLibraryTakeView,
    DraftLibraryUpdateView,
    DraftLibraryView,
)
from surveys.questionnaires.question_library.views.items import (
    LibraryItemEditView,
    LibraryItemRestoreView,
    LibraryItemRetireView,
    LibraryItemView,
    LibraryListView,
)

__all__ = [
    "DraftLibraryInsertView",
    "DraftLibraryNodeView",
    "DraftLibrarySaveView",
    "DraftLibraryTakeView",
    "DraftLibraryUpdateView",
    "DraftLibraryView",
    "LibraryItemEditView",
    "LibraryItemRestoreView",
    "LibraryItemRetireView",
    "LibraryItemView",
    "LibraryListView",
]
