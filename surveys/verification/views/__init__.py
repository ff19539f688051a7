"""The pages of verification."""

from surveys.verification.views.explaining import (
    ExplanationPiece,
    ExplanationUpload,
    FindingExplain,
    FindingFiles,
)
from surveys.verification.views.findings import FindingsPart, FindingsView
from surveys.verification.views.judging import ItemFlag, ItemView
from surveys.verification.views.moving import MoveWorkView
from surveys.verification.views.plan import (
    RoundVerificationView,
    VerificationBegin,
    VerificationClose,
    VerificationPlanView,
    VerificationPreview,
    VerificationRelease,
)
from surveys.verification.views.work import DecisionListView, WorkView

__all__ = [
    "DecisionListView",
    "ExplanationPiece",
    "ExplanationUpload",
    "FindingExplain",
    "FindingFiles",
    "FindingsPart",
    "FindingsView",
    "ItemFlag",
    "ItemView",
    "MoveWorkView",
    "RoundVerificationView",
    "VerificationBegin",
    "VerificationClose",
    "VerificationPlanView",
    "VerificationPreview",
    "VerificationRelease",
    "WorkView",
]
