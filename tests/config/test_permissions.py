"""The permission matrix: every role against every permission."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from analytics.models import CompositeIndex, IndexRun, IndexVersion
from config.permissions import MATRIX
from exporters.models import Export
from surveys.campaigns.enums import AssignmentStatus
from surveys.common.permissions import Permission
from surveys.models import (
    Agency,
    Assignment,
    Campaign,
    Questionnaire,
    QuestionnaireVersion,
    Response,
    Round,
    User,
)
from surveys.organisations.enums import AgencyType
from tests.factories import AgencyFactory, DepartmentFactory, UserFactory, department_person, member

AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
P = Permission

DEPARTMENT_ROLES = ["designer", "verifier", "researcher", "administrator"]
MEMBER_ROLES = ["coordinator", "contributor", "signatory", "reviewer"]
ROLES = ["nobody", "account", *DEPARTMENT_ROLES, *MEMBER_ROLES]

MAKERS = {"designer", "administrator"}
FOLLOWERS = set(DEPARTMENT_ROLES)
READERS = {"designer", "verifier", "administrator", *MEMBER_ROLES}
ACCOUNTS = set(ROLES) - {"nobody"}

ALLOWED: dict[Permission, set[str]] = {
    P.PUBLIC: set(ROLES),
    P.SIGNED_IN: ACCOUNTS,
    P.AGENCY_VIEW: ACCOUNTS,
    P.AGENCY_CHANGE: {"administrator"},
    P.MEMBERSHIP_MANAGE: {"administrator", "coordinator"},
    P.PEOPLE_UPLOAD: {"administrator"},
    P.QUESTIONNAIRE_VIEW: FOLLOWERS,
    P.QUESTIONNAIRE_IMPORT: MAKERS,
    P.QUESTIONNAIRE_EDIT: MAKERS,
    P.QUESTIONNAIRE_PUBLISH: MAKERS,
    P.LIBRARY_VIEW: FOLLOWERS,
    P.LIBRARY_EDIT: MAKERS,
    P.INDICATOR_VIEW: FOLLOWERS,
    P.INDICATOR_EDIT: MAKERS,
    P.CAMPAIGN_VIEW: FOLLOWERS,
    P.CAMPAIGN_CREATE: MAKERS,
    P.CAMPAIGN_CONDUCT: MAKERS,
    P.CAMPAIGN_SET_SIGN_OFF: MAKERS,
    P.ROUND_VIEW: FOLLOWERS,
    P.ROUND_CREATE: MAKERS,
    P.ROUND_OPEN: MAKERS,
    P.ROUND_CLOSE: MAKERS,
    P.ROUND_POSTPONE: MAKERS,
    P.ROUND_CANCEL: MAKERS,
    P.ROUND_REOPEN: MAKERS,
    P.ROUND_LOG: FOLLOWERS - {"researcher"},
    P.ROUND_CHANGE_VERSION: MAKERS,
    P.ROUND_PREFILL: MAKERS,
    P.CAMPAIGN_TARGET: MAKERS,
    P.ROUND_TARGET: MAKERS,
    P.EXTENSION_ASK: {"coordinator"},
    P.EXTENSION_DECIDE: MAKERS,
    P.REFUSAL_RECORD: MAKERS,
    P.LETTER_WRITE: MAKERS,
    P.ASSIGNMENT_VIEW: READERS,
    P.RESPONSE_VIEW: READERS,
    P.RESPONSE_COMMENT: set(MEMBER_ROLES),
    P.RESPONSE_EDIT: {"coordinator", "contributor"},
    P.DELEGATION_GIVE: {"coordinator"},
    P.RESPONSE_SEND: {"coordinator"},
    P.RESPONSE_APPROVE: set(),
    P.RESPONSE_SIGN: {"signatory"},
    P.RESPONSE_RETURN: {"signatory"},
    P.VERIFICATION_VIEW: FOLLOWERS - {"researcher"},
    P.VERIFICATION_PLAN: MAKERS,
    P.VERIFICATION_JUDGE: {"verifier"},
    P.VERIFICATION_DECIDE: {"administrator"},
    P.FINDINGS_VIEW: set(MEMBER_ROLES),
    P.FINDINGS_EXPLAIN: {"coordinator"},
    P.RESULTS_VIEW: FOLLOWERS,
    P.DISCLOSURE_VIEW: MAKERS,
    P.DISCLOSURE_SET: {"administrator"},
    P.INDEX_VIEW: FOLLOWERS,
    P.INDEX_EDIT: MAKERS,
    P.INDEX_RUN: MAKERS,
    P.INDEX_VALUES: FOLLOWERS - {"researcher"},
    P.RELEASE_VIEW: FOLLOWERS,
    P.RELEASE_PROPOSE: MAKERS,
    P.RELEASE_APPROVE: {"administrator"},
    P.REPORT_VIEW: FOLLOWERS | set(MEMBER_ROLES),
    P.ANSWERS_CODE: FOLLOWERS - {"researcher"},
    P.DATASET_TABULATE: ACCOUNTS,
    P.DATASET_REQUEST: ACCOUNTS,
    P.DATASET_DECIDE: {"administrator"},
    P.DATASET_MICRODATA: set(),
    P.EXPORT_CREATE: READERS - set(MEMBER_ROLES),
    P.EXPORT_DOWNLOAD: set(),
    P.WEBHOOK_MANAGE: {"administrator"},
    P.PERSONAL_DATA_ERASE: {"administrator"},
    P.AUDIT_VIEW: {"administrator"},
}
TARGETS: dict[Permission, str] = {
    P.AGENCY_VIEW: "agency",
    P.AGENCY_CHANGE: "agency",
    P.MEMBERSHIP_MANAGE: "agency",
    P.QUESTIONNAIRE_VIEW: "version",
    P.QUESTIONNAIRE_IMPORT: "questionnaire",
    P.QUESTIONNAIRE_PUBLISH: "version",
    P.CAMPAIGN_VIEW: "campaign",
    P.CAMPAIGN_CREATE: "questionnaire",
    P.CAMPAIGN_CONDUCT: "campaign",
    P.CAMPAIGN_SET_SIGN_OFF: "campaign",
    P.ROUND_VIEW: "round",
    P.ROUND_CREATE: "campaign",
    P.ROUND_OPEN: "round",
    P.ROUND_CLOSE: "round",
    P.CAMPAIGN_TARGET: "campaign",
    P.ROUND_TARGET: "round",
    P.ROUND_POSTPONE: "round",
    P.ROUND_CANCEL: "round",
    P.ROUND_REOPEN: "round",
    P.ROUND_LOG: "round",
    P.ROUND_PREFILL: "round",
    P.EXTENSION_ASK: "assignment",
    P.EXTENSION_DECIDE: "round",
    P.REFUSAL_RECORD: "assignment",
    P.LETTER_WRITE: "round",
    P.ASSIGNMENT_VIEW: "assignment",
    P.RESPONSE_VIEW: "response",
    P.RESPONSE_EDIT: "response",
    P.DELEGATION_GIVE: "assignment",
    P.RESPONSE_SEND: "response",
    P.RESPONSE_APPROVE: "response",
    P.RESPONSE_SIGN: "response",
    P.RESPONSE_RETURN: "response",
    P.VERIFICATION_VIEW: "round",
    P.VERIFICATION_PLAN: "round",
    P.VERIFICATION_JUDGE: "assignment",
    P.VERIFICATION_DECIDE: "round",
    P.FINDINGS_VIEW: "assignment",
    P.FINDINGS_EXPLAIN: "assignment",
    P.RESULTS_VIEW: "round",
    P.DISCLOSURE_VIEW: "round",
    P.DISCLOSURE_SET: "round",
    P.INDEX_VIEW: "index",
    P.INDEX_EDIT: "index version",
    P.INDEX_RUN: "index version",
    P.INDEX_VALUES: "index run",
    P.RELEASE_VIEW: "round",
    P.RELEASE_PROPOSE: "round",
    P.RELEASE_APPROVE: "round",
    P.REPORT_VIEW: "assignment",
    P.ANSWERS_CODE: "round",
    P.DATASET_DECIDE: "round",
    P.EXPORT_CREATE: "round",
    P.EXPORT_DOWNLOAD: "export",
    P.PERSONAL_DATA_ERASE: "assignment",
    P.AUDIT_VIEW: "owner",
}
OWNED = [
    permission
    for permission, target in TARGETS.items()
    if target not in {"agency", "export"} and ALLOWED[permission] & set(DEPARTMENT_ROLES)
]


@pytest.fixture
def objects(db: None) -> dict[str, Any]:
    """One object of each kind: the department asks a province, which waits for a signature."""
    owner, agency = DepartmentFactory(), AgencyFactory(type=AgencyType.PROVINCE)
    questionnaire = Questionnaire.objects.create(code="to-chuc", owner=owner, created_at=AT)
    version = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire, number=1, title="Phiếu", definition={}, created_at=AT
    )
    campaign = Campaign.objects.create(
        code="to-chuc",
        owner=owner,
        questionnaire=questionnaire,
        title="Khảo sát",
        basis_number="1690/QĐ-TTg",
        created_at=AT,
    )
    round_ = Round.objects.create(
        campaign=campaign,
        code="to-chuc-2026",
        period="2026",
        reference_date=date(2026, 12, 31),
        version=version,
        opens_at=AT,
        closes_at=AT + timedelta(days=30),
        created_at=AT,
    )
    assignment = Assignment.objects.create(
        round=round_,
        agency=agency,
        version=version,
        due_at=round_.closes_at,
        status=AssignmentStatus.AWAITING_SIGNATURE,
    )
    response = Response.objects.create(assignment=assignment, version=version, started_at=AT)
    export = Export.objects.create(
        round=round_,
        name="round",
        format="xlsx",
        owner=department_person("designer", owner=owner),
        requested_at=AT,
    )
    return {
        "owner": owner,
        "agency": agency,
        "questionnaire": questionnaire,
        "version": version,
        "campaign": campaign,
        "round": round_,
        "assignment": assignment,
        "response": response,
        "export": export,
        **of_index(owner, round_),
    }


def of_index(owner: Agency, round_: Round) -> dict[str, Any]:
    """An index of the owner, its version, and a run over the round."""
    index = CompositeIndex.objects.create(
        code="nang-luc", owner=owner, name={"vi": "Năng lực"}, created_at=AT
    )
    index_version = IndexVersion.objects.create(
        index=index, number=1, definition={}, sha256="0" * 64, created_at=AT
    )
    index_run = IndexRun.objects.create(
        version=index_version,
        round=round_,
        seed=1,
        draws=0,
        configuration={},
        configuration_sha256="0" * 64,
        requested_at=AT,
    )
    return {"index": index, "index version": index_version, "index run": index_run}


def person(role: str, *, owner: Agency, agency: Agency) -> User | AnonymousUser:
    """Somebody with the role within the owner or in the agency."""
    if role == "nobody":
        return AnonymousUser()
    if role == "account":
        return UserFactory()
    if role in DEPARTMENT_ROLES:
        return department_person(role, owner=owner)
    return member(agency, role)


def may(user: User | AnonymousUser, permission: Permission, target: Any) -> bool:
    """What the matrix says."""
    return MATRIX[permission](user, target)


def test_the_table_of_this_test_has_every_permission() -> None:
    assert set(ALLOWED) == set(Permission)


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_what_the_table_says(
    role: str, permission: Permission, objects: dict[str, Any]
) -> None:
    user = person(role, owner=objects["owner"], agency=objects["agency"])
    target = objects.get(TARGETS.get(permission, ""))

    assert may(user, permission, target) == (role in ALLOWED[permission])


@pytest.mark.parametrize("permission", OWNED)
@pytest.mark.parametrize("role", DEPARTMENT_ROLES)
def test_a_role_in_another_owner_gives_nothing(
    role: str, permission: Permission, objects: dict[str, Any]
) -> None:
    stranger = department_person(role, owner=AgencyFactory())

    assert not may(stranger, permission, objects[TARGETS[permission]])


@pytest.mark.parametrize("role", MEMBER_ROLES)
@pytest.mark.parametrize(
    "permission", [p for p in Permission if p.startswith(("response.", "delegation."))]
)
def test_a_member_of_another_agency_gets_no_response(
    role: str, permission: Permission, objects: dict[str, Any]
) -> None:
    stranger = member(AgencyFactory(), role)

    assert not may(stranger, permission, objects["response"])


@pytest.mark.parametrize("permission", OWNED)
def test_without_an_object_a_role_in_any_owner_counts(permission: Permission, db: None) -> None:
    role = next(iter(ALLOWED[permission] & set(DEPARTMENT_ROLES)))

    assert may(department_person(role, owner=AgencyFactory()), permission, None)


def test_only_who_asked_for_an_export_downloads_it(objects: dict[str, Any]) -> None:
    export = objects["export"]

    assert may(export.owner, P.EXPORT_DOWNLOAD, export)


def test_who_has_lost_the_right_does_not_get_the_file_any_more(objects: dict[str, Any]) -> None:
    export = objects["export"]
    export.owner.department_roles.all().delete()

    assert not may(export.owner, P.EXPORT_DOWNLOAD, export)


def test_a_signed_response_is_returned_by_the_department(objects: dict[str, Any]) -> None:
    response = objects["response"]
    response.assignment.status = AssignmentStatus.SUBMITTED

    assert may(department_person("verifier"), P.RESPONSE_RETURN, response)
    assert not may(member(objects["agency"], "signatory"), P.RESPONSE_RETURN, response)


def test_an_administrator_of_a_province_manages_members_of_its_communes_only(
    objects: dict[str, Any],
) -> None:
    commune = AgencyFactory(type=AgencyType.COMMUNE, parent=objects["agency"])
    administrator = department_person("administrator", owner=objects["agency"])

    assert may(administrator, P.MEMBERSHIP_MANAGE, commune)
    assert not may(administrator, P.MEMBERSHIP_MANAGE, AgencyFactory())


def test_a_superuser_gets_nothing_extra(objects: dict[str, Any]) -> None:
    superuser = UserFactory()
    superuser.is_superuser = True

    assert not superuser.has_perm(P.ROUND_OPEN, objects["round"])


def test_a_closed_account_may_do_nothing(objects: dict[str, Any]) -> None:
    user = department_person("administrator")
    user.is_active = False

    assert not user.has_perm(P.ROUND_OPEN, objects["round"])
