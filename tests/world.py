"""A small world in which every address of the product leads somewhere."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from analytics.models import IndexRun, IndexRunUnit, IndexTable, Release
from analytics.releases.enums import ReleaseStatus
from exporters.models import DataRequest, Export
from surveys.campaigns.notifications import news_for_members
from surveys.campaigns.short_links import short_code
from surveys.inbox import services as inbox
from surveys.inbox.enums import NoticeKind
from surveys.models import (
    Assignment,
    Delegation,
    DeviceSubmission,
    Evidence,
    Judgement,
    LibraryItem,
    Notice,
    PrefillUpload,
    QuestionnaireVersion,
    Response,
    ResponseRevision,
    StoredFile,
    User,
    VerificationCase,
    VerificationItem,
    VerificationPlan,
    Webhook,
    WorkbookUpload,
)
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from surveys.questionnaires.queries import form_of
from surveys.questionnaires.question_library.services import Description, save_item
from surveys.questionnaires.services import start_draft
from surveys.responses import services
from surveys.responses.delegation.services import Work, give
from surveys.responses.enums import RevisionKind
from surveys.verification.enums import PlanStatus
from tests.analytics.indices.factories import asked, frozen
from tests.factories import DepartmentRoleFactory, MembershipFactory, UserFactory
from tests.surveys.campaigns.factories import NOW, TODAY, AssignmentFactory, RoundFactory
from tests.surveys.webhooks.factories import hook

FILE: Final = UUID(int=1)
OF_A_FILE: Final = {"file_download", "link_copy", "signed_pdf_download"}
"""A file whose content is not there: its address says so."""


@dataclass(frozen=True, slots=True)
class World:
    """A person with every role, and what the parts of addresses stand for."""

    person: User
    assignment: Assignment
    item: LibraryItem
    notice: Notice
    delegation: Delegation
    item_under_verification: int
    run: IndexRun
    release: Release
    export: Export
    webhook: Webhook

    def arguments(self, name: str) -> dict[str, Any]:
        """What the named address is to be asked about."""
        round_ = self.assignment.round
        version = self.assignment.version
        questionnaires = {"code": version.questionnaire.code, "number": version.number}
        return {
            "key": self.assignment.agency.key,
            "pk": self.assignment.pk,
            "step": "phan_a",
            "older": version.number,
            "number": version.number,
            "uidb36": "1",
            "table": "prices",
            "code": round_.campaign.code
            if name == "round_create" or name.startswith("campaign_")
            else round_.code,
            **(questionnaires if name.startswith(("version", "lookup", "draft")) else {}),
            "short": short_code(round_.pk),
            "uid": "root",
            "position": 0,
            "variable": "cau_1",
            "theme": 1,
            "agency": self.assignment.agency_id,
            "field": "relevant",
            "given": self.delegation.pk,
            "comment": 1,
            **({"key": self.item.key} if name.startswith("library") else {}),
            "act": "add",
            "item": self.item_under_verification,
            "token": "none",
            "kind": "invitation",
            "upload": FILE,
            "form_id": f"x-{self.assignment.pk}",
            "filename": "a.csv",
            "release_id": self.release.pk,
            "language": "vi",
            "job": 1,
            **(self._index() if name.startswith("index_") else {}),
            **({"run_id": self.run.pk} if name.startswith("api_index_run") else {}),
            **({"pk": self.export.pk} if name.startswith("api_export") else {}),
            **({"pk": self._membership()} if name.startswith("membership") else {}),
            **({"pk": FILE} if name in OF_A_FILE else {}),
            **({"pk": self.webhook.pk, "delivery_pk": 1} if "webhook" in name else {}),
            **({"pk": self.notice.pk} if name.startswith("notice_") else {}),
            **(
                {"pk": self.release.data_requests.earliest("pk").pk}
                if name.startswith("data_request")
                else {}
            ),
            **(
                {"number": self.release.number, "style": "txt", "suffix": "ttl"}
                if name.startswith("data_")
                else {}
            ),
        }

    def _index(self) -> dict[str, Any]:
        index = self.run.version.index
        return {
            "code": index.code,
            "number": self.run.version.number,
            "run_id": self.run.pk,
            "pane": "tree",
            "table_name": "scores",
            "table_id": IndexTable.objects.earliest("pk").pk,
        }

    def _membership(self) -> int:
        return self.assignment.agency.memberships.earliest("pk").pk


def build_world() -> World:
    """An open round with one started response; the person may do everything in it."""
    person = UserFactory.create()
    round_ = RoundFactory.create(status="open", opened_at=NOW)
    assignment = AssignmentFactory.create(round=round_)
    for department_role in DepartmentRoleName:
        DepartmentRoleFactory.create(user=person, owner=round_.campaign.owner, role=department_role)
    for role in MembershipRole:
        MembershipFactory.create(user=person, agency=assignment.agency, role=role)
    response = services.start(assignment, actor=person, at=NOW)
    StoredFile.objects.create(pk=FILE, response=response, kind="pdf", size=1, uploaded_at=NOW)
    WorkbookUpload.objects.create(
        pk=FILE,
        response=response,
        name="a.xlsx",
        size=1,
        version_number=response.version.number,
        uploaded_at=NOW,
        uploaded_by=person,
    )
    DeviceSubmission.objects.create(
        pk=FILE, response=response, instance_id="1", received_at=NOW, received_from=person
    )
    PrefillUpload.objects.create(
        pk=FILE, round=round_, filename="a.xlsx", created_at=NOW, created_by=person
    )
    Evidence.objects.create(
        response=response, kind="link", url="https://vn.example/", snapshot=FILE, added_at=NOW
    )
    start_draft(assignment.version.questionnaire, actor=person, at=NOW)
    assignment.refresh_from_db()
    run = _run(assignment, person)
    return World(
        person,
        assignment,
        _kept(assignment.version),
        _told(person, assignment),
        _given(person, assignment),
        _verified(assignment, person),
        run,
        _released(assignment, person, run),
        Export.objects.create(
            round=round_, name="round", format="xlsx", owner=person, requested_at=NOW
        ),
        hook(owner=round_.campaign.owner),
    )


def _verified(assignment: Assignment, person: User) -> int:
    """An answer of the response under verification, its finding released to the agency."""
    plan = VerificationPlan.objects.create(
        round=assignment.round, status=PlanStatus.UNDER_WAY, planned_at=NOW
    )
    response = Response.objects.get(assignment=assignment)
    revision = ResponseRevision.objects.create(
        response=response,
        number=1,
        kind=RevisionKind.SENT,
        version=response.version,
        canonical='{"answers": {}, "remarks": {}, "files": [], "evidence": []}',
        sha256="0" * 64,
        at=NOW,
    )
    case = VerificationCase.objects.create(
        plan=plan,
        assignment=assignment,
        revision=revision,
        released_at=NOW,
        explain_until=NOW + timedelta(days=5),
    )
    item = VerificationItem.objects.create(
        case=case,
        position=0,
        code="CS1",
        label={"vi": "Câu 1"},
        rule="linear(from=0, to=10, points=1)",
        questions=["cau_1"],
        most=1,
    )
    Judgement.objects.create(item=item, verifier=person, seat=1)
    return item.pk


def _run(assignment: Assignment, person: User) -> IndexRun:
    """An index that was asked for over the round, with a table beside the answers."""
    run = asked(assignment.round, frozen())
    IndexTable.objects.create(
        index=run.version.index,
        filename="a.csv",
        columns=["population"],
        rows={},
        sha256="0" * 64,
        uploaded_at=NOW,
        uploaded_by=person,
    )
    return run


def _released(assignment: Assignment, person: User, run: IndexRun) -> Release:
    """A publication of what one unit got in a run."""
    IndexRunUnit.objects.create(
        run=run,
        agency=assignment.agency,
        position=0,
        key=assignment.agency.key,
        name=assignment.agency.name,
    )
    release = Release.objects.create(
        round=assignment.round,
        run=run,
        number=1,
        status=ReleaseStatus.APPROVED,
        approved_at=NOW,
        approved_by=UserFactory.create(),
        title={"vi": "Kết quả"},
        released_on=TODAY,
        manifest={},
        manifest_sha256="0" * 64,
        proposed_at=NOW,
        proposed_by=person,
    )
    DataRequest.objects.create(
        release=release,
        asked_by=UserFactory.create(),
        asked_at=NOW,
        institution="Viện A",
        purpose="Nghiên cứu",
        variables=["cau_1"],
        until=TODAY,
        safeguards="Máy của viện",
    )
    return release


def _given(person: User, assignment: Assignment) -> Delegation:
    work = Work(parts=("cau_1",), due_on=TODAY)
    return give(assignment, person=person, work=work, actor=person, at=NOW)


def _told(person: User, assignment: Assignment) -> Notice:
    inbox.notify(
        NoticeKind.ASSIGNED,
        news_for_members(Assignment.objects.filter(pk=assignment.pk)),
        event="audit:1",
        at=NOW,
    )
    return Notice.objects.get(user=person)


def _kept(version: QuestionnaireVersion) -> LibraryItem:
    question = next(form_of(version).definition.elements())
    title = Description({"vi": "Phần A"})
    return save_item(version, uid=question.uid, description=title, actor=None, at=NOW)


def visit_everything(world: World) -> dict[str, int]:
    """The status of every address, opened by nobody and by the person with every role."""
    nobody, somebody = Client(raise_request_exception=False), Client(raise_request_exception=False)
    somebody.force_login(world.person)
    answers = {}
    for pattern in _patterns(get_resolver()):
        name = str(pattern.name)
        wanted = world.arguments(name)
        arguments = {part: wanted[part] for part in pattern.pattern.converters if part in wanted}
        try:
            address = reverse(name, kwargs=arguments)
        except NoReverseMatch:
            address = reverse(name, kwargs={"uidb36": "1", "key": "none"})
        answers[f"nobody {name}"] = nobody.get(address).status_code
        answers[f"person {name}"] = somebody.get(address).status_code
    return answers


def heavy_modules(names: list[str]) -> list[str]:
    """Those of the modules that this process has loaded."""
    return sorted(set(names) & set(sys.modules))


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry


def main() -> None:
    """Prints, as JSON, what came of opening every address."""
    answers = visit_everything(build_world())
    heavy = heavy_modules(["pandas", "scipy", "numpy", "openpyxl", "typst", "docx"])
    print(json.dumps({"answers": answers, "loaded": heavy}))  # noqa: T201  (read by the test)
