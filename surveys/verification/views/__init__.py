"""The pages of verification."""

from surveys.verification.views.findings import FindingExplain, FindingsPart, FindingsView
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
    "FindingExplain",
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
