"""Every model of the app, for Django's discovery and for ``from surveys.models import Agency``."""

from surveys.audit.models import AuditEvent
from surveys.background.models import Job
from surveys.campaigns.letters.models import LetterText
from surveys.campaigns.models import (
    AccessLink,
    Assignment,
    Campaign,
    CampaignVariant,
    Extension,
    MailText,
    Refusal,
    Round,
    RoundVariant,
)
from surveys.inbox.models import Notice, NoticePreference
from surveys.live.models import LiveMessage
from surveys.machines.models import ApiToken, KeptAnswer
from surveys.mailing.models import OutgoingMail
from surveys.organisations.models import (
    AccountInvitation,
    Agency,
    AgencyChange,
    AgencyIdentifier,
    AgencySuccession,
    DepartmentRole,
    FormerName,
    Membership,
    PeopleUpload,
    Substitution,
    User,
)
from surveys.questionnaires.catalogue.models import CatalogueIndicator
from surveys.questionnaires.models import DraftEdit, DraftVisit, Questionnaire, QuestionnaireVersion
from surveys.questionnaires.question_library.models import LibraryItem
from surveys.responses.comments.models import Comment
from surveys.responses.delegation.models import Delegation
from surveys.responses.devices.models import DeviceSubmission
from surveys.responses.erasing.models import RoundErasure
from surveys.responses.models import (
    AnswerChange,
    DraftMove,
    ErasableAnswer,
    Evidence,
    Response,
    ResponseReturn,
    ResponseRevision,
    StoredFile,
)
from surveys.responses.papers.models import RevisionPaper
from surveys.responses.prefilled.models import PrefillUpload, PrefillValue
from surveys.responses.presence.models import ResponseVisit
from surveys.responses.preview.models import PreviewAnswers
from surveys.responses.signatures.models import DigitalSignature, SignedPdf
from surveys.responses.signoff.models import SignOff
from surveys.responses.uploading.models import ArrivingFile
from surveys.responses.workbooks.models import WorkbookUpload
from surveys.verification.models import (
    Explanation,
    ExplanationFile,
    Judgement,
    VerificationCase,
    VerificationItem,
    VerificationPlan,
)
from surveys.webhooks.models import Webhook, WebhookDelivery

__all__ = [
    "AccessLink",
    "AccountInvitation",
    "Agency",
    "AgencyChange",
    "AgencyIdentifier",
    "AgencySuccession",
    "AnswerChange",
    "ApiToken",
    "ArrivingFile",
    "Assignment",
    "AuditEvent",
    "Campaign",
    "CampaignVariant",
    "CatalogueIndicator",
    "Comment",
    "Delegation",
    "DepartmentRole",
    "DeviceSubmission",
    "DigitalSignature",
    "DraftEdit",
    "DraftMove",
    "DraftVisit",
    "ErasableAnswer",
    "Evidence",
    "Explanation",
    "ExplanationFile",
    "Extension",
    "FormerName",
    "Job",
    "Judgement",
    "KeptAnswer",
    "LetterText",
    "LibraryItem",
    "LiveMessage",
    "MailText",
    "Membership",
    "Notice",
    "NoticePreference",
    "OutgoingMail",
    "PeopleUpload",
    "PrefillUpload",
    "PrefillValue",
    "PreviewAnswers",
    "Questionnaire",
    "QuestionnaireVersion",
    "Refusal",
    "Response",
    "ResponseReturn",
    "ResponseRevision",
    "ResponseVisit",
    "RevisionPaper",
    "Round",
    "RoundErasure",
    "RoundVariant",
    "SignOff",
    "SignedPdf",
    "StoredFile",
    "Substitution",
    "User",
    "VerificationCase",
    "VerificationItem",
    "VerificationPlan",
    "Webhook",
    "WebhookDelivery",
    "WorkbookUpload",
]
