"""The pages of questionnaires."""

from surveys.questionnaires.views.checking import (
    DraftCheckCountView,
    DraftCheckView,
    DraftFindingsView,
    DraftMendView,
)
from surveys.questionnaires.views.conditions import (
    ConditionNamesView,
    ConditionView,
    SentencesView,
)
from surveys.questionnaires.views.drafts import (
    BuilderView,
    DraftChangesView,
    DraftCopyView,
    DraftEditView,
    DraftHereView,
    DraftNodeView,
    DraftStartView,
)
from surveys.questionnaires.views.history import DraftRestoreView, VersionListView
from surveys.questionnaires.views.lookups import (
    LookupAttachView,
    LookupDownloadView,
    LookupRemoveView,
)
from surveys.questionnaires.views.properties import DraftPastedView
from surveys.questionnaires.views.publishing import DraftPublishView, VersionPublishedView
from surveys.questionnaires.views.rules import RulesView
from surveys.questionnaires.views.sheets import DraftSheetPasteView, DraftSheetView
from surveys.questionnaires.views.starting import QuestionnaireStartView, StartVersionsView
from surveys.questionnaires.views.translations import (
    TranslationCountView,
    TranslationExportView,
    TranslationImportView,
    TranslationRowsView,
    TranslationsView,
)
from surveys.questionnaires.views.undoing import (
    DraftGiveUpUndoView,
    DraftRedoView,
    DraftUndoView,
)
from surveys.questionnaires.views.versions import (
    QuestionnaireImportView,
    QuestionnaireListView,
    VersionCompareChoiceView,
    VersionCompareView,
    VersionDetailView,
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
    "ConditionNamesView",
    "ConditionView",
    "DraftChangesView",
    "DraftCheckCountView",
    "DraftCheckView",
    "DraftCopyView",
    "DraftEditView",
    "DraftFindingsView",
    "DraftGiveUpUndoView",
    "DraftHereView",
    "DraftMendView",
    "DraftNodeView",
    "DraftPastedView",
    "DraftPublishView",
    "DraftRedoView",
    "DraftRestoreView",
    "DraftSheetPasteView",
    "DraftSheetView",
    "DraftStartView",
    "DraftUndoView",
    "LookupAttachView",
    "LookupDownloadView",
    "LookupRemoveView",
    "QuestionnaireImportView",
    "QuestionnaireListView",
    "QuestionnaireStartView",
    "RulesView",
    "SentencesView",
    "StartVersionsView",
    "TranslationCountView",
    "TranslationExportView",
    "TranslationImportView",
    "TranslationRowsView",
    "TranslationsView",
    "VersionCompareChoiceView",
    "VersionCompareView",
    "VersionDetailView",
    "VersionListView",
    "VersionPublishedView",
    "VersionRetireView",
    "VersionSimulationView",
    "VersionXformFileView",
    "VersionXformView",
    "VersionXlsformView",
]
