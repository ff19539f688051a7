"""The pages of questionnaires."""

from surveys.questionnaires.views.drafts import (
    BuilderView,
    DraftChangesView,
    DraftEditView,
    DraftGiveUpUndoView,
    DraftNodeView,
    DraftRedoView,
    DraftStartView,
    DraftUndoView,
)
from surveys.questionnaires.views.lookups import (
    LookupAttachView,
    LookupDownloadView,
    LookupRemoveView,
)
from surveys.questionnaires.views.versions import (
    QuestionnaireImportView,
    QuestionnaireListView,
    VersionCompareChoiceView,
    VersionCompareView,
    VersionDetailView,
    VersionPublishView,
    VersionRetireView,
    VersionXlsformView,
)
from surveys.questionnaires.views.work import (
    VersionSimulationView,
    VersionXformFileView,
    VersionXformView,
)

__all__ = [
    "BuilderView",
    "DraftChangesView",
    "DraftEditView",
    "DraftGiveUpUndoView",
    "DraftNodeView",
    "DraftRedoView",
    "DraftStartView",
    "DraftUndoView",
    "LookupAttachView",
    "LookupDownloadView",
    "LookupRemoveView",
    "QuestionnaireImportView",
    "QuestionnaireListView",
    "VersionCompareChoiceView",
    "VersionCompareView",
    "VersionDetailView",
    "VersionPublishView",
    "VersionRetireView",
    "VersionSimulationView",
    "VersionXformFileView",
    "VersionXformView",
    "VersionXlsformView",
]
