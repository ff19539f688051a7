"""Everything that is recorded."""

from enum import StrEnum


class Event(StrEnum):
    """What happened; one for each kind of change of state (a saved cell is an AnswerChange, an edit of
    a draft a DraftEdit instead)."""

    ORGANISATIONS_LOADED = "organisations.loaded"
    AGENCY_CHANGED = "agency.changed"
    ACCOUNT_CREATED = "account.created"
    SIGNED_IN = "account.signed_in"
    SIGN_IN_FAILED = "account.sign_in_failed"
    SIGNED_OUT = "account.signed_out"
    MEMBERSHIP_GRANTED = "membership.granted"
    MEMBERSHIP_REVOKED = "membership.revoked"
    DEPARTMENT_ROLE_GRANTED = "department_role.granted"
    DEPARTMENT_ROLE_REVOKED = "department_role.revoked"
    QUESTIONNAIRE_CREATED = "questionnaire.created"
    QUESTIONNAIRE_IMPORTED = "questionnaire.imported"
    QUESTIONNAIRE_DRAFTED = "questionnaire.drafted"
    QUESTIONNAIRE_PUBLISHED = "questionnaire.published"
    QUESTIONNAIRE_RETIRED = "questionnaire.retired"
    CAMPAIGN_CREATED = "campaign.created"
    ROUND_CREATED = "round.created"
    ROUND_OPENED = "round.opened"
    ROUND_CLOSED = "round.closed"
    ROUND_VERSION_CHANGED = "round.version_changed"
    RESPONSE_STARTED = "response.started"
    RESPONSE_SENT = "response.sent"
    RESPONSE_SIGNED = "response.signed"
    RESPONSE_RETURNED = "response.returned"
    RESPONSE_MIGRATED = "response.migrated"
    RESULTS_COMPUTED = "results.computed"
    EXPORT_REQUESTED = "export.requested"
    EXPORT_FINISHED = "export.finished"
    EXPORT_DOWNLOADED = "export.downloaded"
