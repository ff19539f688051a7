"""What a person may be permitted to do. The matrix in ``config/permissions.py`` says to whom."""

from enum import StrEnum


class Permission(StrEnum):
    """Every permission of the product; views name one, the matrix has one row for each."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    AGENCY_VIEW = "agency.view"
    MEMBERSHIP_MANAGE = "membership.manage"
    QUESTIONNAIRE_VIEW = "questionnaire.view"
    QUESTIONNAIRE_IMPORT = "questionnaire.import"
    QUESTIONNAIRE_EDIT = "questionnaire.edit"
    QUESTIONNAIRE_PUBLISH = "questionnaire.publish"
    CAMPAIGN_VIEW = "campaign.view"
    CAMPAIGN_CREATE = "campaign.create"
    ROUND_VIEW = "round.view"
    ROUND_CREATE = "round.create"
    ROUND_OPEN = "round.open"
    ROUND_CLOSE = "round.close"
    ROUND_CHANGE_VERSION = "round.change_version"
    ASSIGNMENT_VIEW = "assignment.view"
    RESPONSE_VIEW = "response.view"
    RESPONSE_EDIT = "response.edit"
    RESPONSE_SEND = "response.send"
    RESPONSE_SIGN = "response.sign"
    RESPONSE_RETURN = "response.return"
    RESULTS_VIEW = "results.view"
    EXPORT_CREATE = "export.create"
    EXPORT_DOWNLOAD = "export.download"
    AUDIT_VIEW = "audit.view"
