"""The permission matrix: one row for each permission, one predicate of (user, object) each.

With no object a row asks "within any owner" or "for any agency". Superusers get nothing extra.
"""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any, Final

from django.utils import timezone

from analytics.models import CompositeIndex, IndexRun, IndexVersion, Release
from analytics.releases.enums import ReleaseStatus
from exporters.models import Export
from exporters.orders.queries import is_seen_by, rounds_beside
from exporters.portal.queries import request_in_force
from exporters.registry import exporter_named
from surveys.common.permissions import Permission
from surveys.models import (
    Agency,
    Assignment,
    Campaign,
    CatalogueIndicator,
    LibraryItem,
    Questionnaire,
    QuestionnaireVersion,
    Response,
    Round,
    Webhook,
)
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from surveys.organisations.rules import (
    Person,
    Predicate,
    administers,
    anyone,
    either,
    member_of_agency,
    role_in_owner,
    signed_in,
)
from surveys.responses.rules import (
    may_approve_response,
    may_divide_work,
    may_edit_response,
    may_read_as_superior,
    may_return_response,
    may_send_response,
    may_sign_response,
)

DESIGNER = DepartmentRoleName.DESIGNER
VERIFIER = DepartmentRoleName.VERIFIER
RESEARCHER = DepartmentRoleName.RESEARCHER
ADMINISTRATOR = DepartmentRoleName.ADMINISTRATOR


OWNERS: Final[Mapping[type, str]] = {
    Agency: "pk",
    Questionnaire: "owner_id",
    Campaign: "owner_id",
    CatalogueIndicator: "owner_id",
    LibraryItem: "owner_id",
    CompositeIndex: "owner_id",
    Webhook: "owner_id",
    QuestionnaireVersion: "questionnaire.owner_id",
    IndexVersion: "index.owner_id",
    IndexRun: "version.index.owner_id",
    Round: "campaign.owner_id",
    Release: "round.campaign.owner_id",
    Assignment: "round.campaign.owner_id",
    Response: "assignment.round.campaign.owner_id",
}
"""Where an object says whose it is; an agency stands for itself."""

CONFIDENTIAL: Final[Mapping[type, str]] = {
    Round: "campaign.is_confidential",
    IndexRun: "round.campaign.is_confidential",
    Release: "round.campaign.is_confidential",
    Assignment: "round.campaign.is_confidential",
    Response: "assignment.round.campaign.is_confidential",
}
"""Where an object of rounds says that its answers are confidential."""


def owner_id(target: Any) -> int:
    """The owner agency of an object. Raises TypeError for what nobody owns."""
    place = OWNERS.get(type(target))
    if place is None:
        raise TypeError(f"{type(target).__name__} has no owner agency")
    found: int = attrgetter(place)(target)
    return found


def agency_id(target: Any) -> int:
    """The agency that answers; an agency stands for itself."""
    match target:
        case Agency():
            return target.pk
        case Assignment():
            return target.agency_id
        case Response():
            return target.assignment.agency_id
        case _:
            raise TypeError(f"{type(target).__name__} has no answering agency")


def owns_export(user: Person, target: Export | None) -> bool:
    """Whether the person has asked for the export and may still have it: who has lost the right since,
    or sees less than it was protected for, does not get it. With no object, anybody's own exports.
    """
    if target is None or target.owner_id != user.pk:
        return user.is_authenticated and target is None
    exporter = exporter_named(target.name, target.format)
    holds = MATRIX[exporter.permission]
    subjects = (target.subject_as(exporter.subject), *rounds_beside(target))
    return is_seen_by(target, user) and all(holds(user, each) for each in subjects)


def makes_tables(user: Person, target: Release | None) -> bool:
    """Whoever is signed in, of what is published and in force; the gate says which figures they see."""
    in_force = target is None or target.status == ReleaseStatus.APPROVED
    return signed_in(user, target) and in_force


def asks_for_microdata(user: Person, target: Release | None) -> bool:
    """Whoever is signed in, of what is in force and not confidential."""
    return makes_tables(user, target) and not _is_confidential(target)


def opens_microdata(user: Person, target: Release | None) -> bool:
    """Whoever has an approved request for it whose last day has not passed. With no object, nobody."""
    if target is None or not asks_for_microdata(user, target):
        return False
    return request_in_force(target, user, timezone.localdate()) is not None


def _is_confidential(target: Any) -> bool:
    """Whether the campaign of an object of rounds is confidential."""
    place = CONFIDENTIAL.get(type(target))
    return place is not None and bool(attrgetter(place)(target))


def _in_owner(*roles: DepartmentRoleName) -> Predicate:
    return role_in_owner(owner_id, *roles)


makes = _in_owner(DESIGNER, ADMINISTRATOR)
follows = _in_owner(DESIGNER, VERIFIER, RESEARCHER, ADMINISTRATOR)
_keeps_answers = _in_owner(DESIGNER, VERIFIER, ADMINISTRATOR)


def holds_answers(user: Person, target: Any) -> bool:
    """Designers, verifiers and administrators of the owner; nobody of it where they are confidential.

    Researchers get results, not single answers: neither on a page nor as rows of a workbook.
    """
    return _keeps_answers(user, target) and not _is_confidential(target)


def _of_known_answers(*roles: DepartmentRoleName) -> Predicate:
    """One of the roles within the owner; nobody of it where the answers are confidential."""
    has_role = _in_owner(*roles)

    def holds(user: Person, target: Any) -> bool:
        return has_role(user, target) and not _is_confidential(target)

    return holds


plans_verification = _of_known_answers(DESIGNER, ADMINISTRATOR)
judges = _of_known_answers(VERIFIER)
decides = _of_known_answers(ADMINISTRATOR)
coordinates = member_of_agency(agency_id, MembershipRole.COORDINATOR)
reads_answers = either(member_of_agency(agency_id), holds_answers, may_read_as_superior)

MATRIX: Final[dict[Permission, Predicate]] = {
    Permission.PUBLIC: anyone,
    Permission.SIGNED_IN: signed_in,
    Permission.AGENCY_VIEW: signed_in,
    Permission.AGENCY_CHANGE: administers,
    Permission.MEMBERSHIP_MANAGE: either(administers, coordinates),
    Permission.PEOPLE_UPLOAD: administers,
    Permission.QUESTIONNAIRE_VIEW: follows,
    Permission.QUESTIONNAIRE_IMPORT: makes,
    Permission.QUESTIONNAIRE_EDIT: makes,
    Permission.QUESTIONNAIRE_PUBLISH: makes,
    Permission.LIBRARY_VIEW: follows,
    Permission.LIBRARY_EDIT: makes,
    Permission.INDICATOR_VIEW: follows,
    Permission.INDICATOR_EDIT: makes,
    Permission.CAMPAIGN_VIEW: follows,
    Permission.CAMPAIGN_CREATE: makes,
    Permission.CAMPAIGN_CONDUCT: makes,
    Permission.CAMPAIGN_SET_SIGN_OFF: makes,
    Permission.ROUND_VIEW: follows,
    Permission.ROUND_CREATE: makes,
    Permission.ROUND_OPEN: makes,
    Permission.ROUND_CLOSE: makes,
    Permission.ROUND_POSTPONE: makes,
    Permission.ROUND_CANCEL: makes,
    Permission.ROUND_REOPEN: makes,
    Permission.ROUND_LOG: holds_answers,
    Permission.ROUND_CHANGE_VERSION: makes,
    Permission.ROUND_PREFILL: makes,
    Permission.CAMPAIGN_TARGET: makes,
    Permission.ROUND_TARGET: makes,
    Permission.EXTENSION_ASK: member_of_agency(agency_id, MembershipRole.COORDINATOR),
    Permission.EXTENSION_DECIDE: makes,
    Permission.REFUSAL_RECORD: makes,
    Permission.LETTER_WRITE: makes,
    Permission.ASSIGNMENT_VIEW: reads_answers,
    Permission.RESPONSE_VIEW: reads_answers,
    Permission.RESPONSE_COMMENT: member_of_agency(agency_id),
    Permission.RESPONSE_EDIT: may_edit_response,
    Permission.DELEGATION_GIVE: may_divide_work,
    Permission.RESPONSE_SEND: may_send_response,
    Permission.RESPONSE_APPROVE: may_approve_response,
    Permission.RESPONSE_SIGN: may_sign_response,
    Permission.RESPONSE_RETURN: may_return_response,
    Permission.VERIFICATION_VIEW: holds_answers,
    Permission.VERIFICATION_PLAN: plans_verification,
    Permission.VERIFICATION_JUDGE: judges,
    Permission.VERIFICATION_DECIDE: decides,
    Permission.FINDINGS_VIEW: member_of_agency(agency_id),
    Permission.FINDINGS_EXPLAIN: coordinates,
    Permission.RESULTS_VIEW: follows,
    Permission.DISCLOSURE_VIEW: makes,
    Permission.DISCLOSURE_SET: _in_owner(ADMINISTRATOR),
    Permission.INDEX_VIEW: follows,
    Permission.INDEX_EDIT: makes,
    Permission.INDEX_RUN: makes,
    Permission.INDEX_VALUES: holds_answers,
    Permission.RELEASE_VIEW: follows,
    Permission.RELEASE_PROPOSE: makes,
    Permission.RELEASE_APPROVE: _in_owner(ADMINISTRATOR),
    Permission.REPORT_VIEW: either(member_of_agency(agency_id), follows, may_read_as_superior),
    Permission.ANSWERS_CODE: holds_answers,
    Permission.DATASET_TABULATE: makes_tables,
    Permission.DATASET_REQUEST: asks_for_microdata,
    Permission.DATASET_DECIDE: _in_owner(ADMINISTRATOR),
    Permission.DATASET_MICRODATA: opens_microdata,
    Permission.EXPORT_CREATE: holds_answers,
    Permission.EXPORT_DOWNLOAD: owns_export,
    Permission.WEBHOOK_MANAGE: _in_owner(ADMINISTRATOR),
    Permission.PERSONAL_DATA_ERASE: decides,
    Permission.AUDIT_VIEW: _in_owner(ADMINISTRATOR),
}
