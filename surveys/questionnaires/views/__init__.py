"""The pages of questionnaires."""

from surveys.questionnaires.views.versions import (
    QuestionnaireImportView,
    QuestionnaireListView,
    VersionCompareView,
    VersionDetailView,
    VersionPublishView,
    VersionRetireView,
    VersionXlsformView,
)

__all__ = [
    "QuestionnaireImportView",
    "QuestionnaireListView",
    "VersionCompareView",
    "VersionDetailView",
    "VersionPublishView",
    "VersionRetireView",
    "VersionXlsformView",
]
