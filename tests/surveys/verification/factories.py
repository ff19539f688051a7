"""A small scored questionnaire, a closed round of signed answers to it, and its verification."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from surveys.campaigns import services as campaigns
from surveys.campaigns.enums import RoundStatus
from surveys.definitions import dump
from surveys.engine import (
    ChoiceList,
    Definition,
    EvidenceNeed,
    Group,
    Indicator,
    Kind,
    MissingCode,
    Question,
)
from surveys.models import (
    Agency,
    Assignment,
    Judgement,
    Round,
    User,
    VerificationItem,
    VerificationPlan,
)
from surveys.organisations.enums import DepartmentRoleName
from surveys.responses.services import (
    CellEdit,
    DocumentSource,
    Edit,
    add_evidence,
    send_for_signature,
    sign,
    start,
)
from surveys.verification import services
from surveys.verification.enums import Verdict
from surveys.verification.services import Opinion, PlanDetails
from tests.factories import AgencyFactory, department_person
from tests.surveys.campaigns.factories import NOW, AssignmentFactory, RoundFactory, VersionFactory
from tests.surveys.responses.factories import choices, save

LATER = NOW + timedelta(days=1)

DEFINITION = Definition(
    code="cham-diem",
    title={"vi": "Phiếu chấm điểm"},
    children=(
        Group(
            name="part_a",
            label={"vi": "Phần A"},
            children=(
                Question(
                    name="level",
                    kind=Kind.SELECT_ONE,
                    label={"vi": "Mức độ"},
                    list_name="levels",
                    indicator="CS1",
                ),
                Question(
                    name="online",
                    kind=Kind.DECIMAL,
                    label={"vi": "Tỷ lệ trực tuyến"},
                    indicator="CS2",
                    missing=(MissingCode.NOT_APPLICABLE, MissingCode.NOT_YET),
                ),
                Question(
                    name="plan",
                    kind=Kind.SELECT_ONE,
                    label={"vi": "Có kế hoạch"},
                    list_name="levels",
                    indicator="CS3",
                    evidence=EvidenceNeed.OPTIONAL,
                ),
                Question(
                    name="contact", kind=Kind.TEXT, label={"vi": "Đầu mối"}, personal_data=True
                ),
            ),
        ),
    ),
    lists={"levels": ChoiceList(name="levels", choices=choices("high", "low", "none"))},
    indicators=(
        Indicator(code="CS1", label={"vi": "Mức độ"}, scoring="choices(high=2, low=1, none=0)"),
        Indicator(
            code="CS2", label={"vi": "Trực tuyến"}, scoring="linear(from=0, to=100, points=10)"
        ),
        Indicator(
            code="CS3",
            label={"vi": "Kế hoạch"},
            scoring="evidence(choices(high=4, low=2); none=0.5, given=0.75, verified=1)",
        ),
    ),
)
"""Three scored answers: 2, 10 and 4 points at most; without evidence the last is worth half."""

HIGH: Mapping[str, Any] = {"level": "high", "online": "50", "plan": "low", "contact": "Bà Hoa"}
"""2, 5 and 1 points: nothing proves the plan."""


def scored_round(
    *answers: Mapping[str, Any],
    definition: Definition = DEFINITION,
    agencies: Sequence[Agency] = (),
) -> Round:
    """A closed round in which one province each signed these answers."""
    version = VersionFactory.create(definition=dump(definition), title=definition.title["vi"])
    round_ = RoundFactory.create(
        campaign__questionnaire=version.questionnaire, version=version, status=RoundStatus.OPEN
    )
    places = [*agencies, *(AgencyFactory() for _ in answers[len(agencies) :])]
    for agency, given in zip(places, answers, strict=True):
        signed(AssignmentFactory.create(round=round_, agency=agency), given)
    campaigns.close_round(round_, actor=None, at=NOW, reason="Đã đủ.")
    round_.refresh_from_db()
    return round_


def signed(assignment: Assignment, given: Mapping[str, Any]) -> Assignment:
    """The assignment with these answers, signed; a pair is an answer with the number of its document."""
    response = start(assignment, actor=None, at=NOW)
    cells = [CellEdit(name, value) for name, value in given.items() if not isinstance(value, tuple)]
    save(response, "all", *cells)
    for name, value in given.items():
        if isinstance(value, tuple):
            save(response, name, CellEdit(name, value[0]))
            source = DocumentSource(number=value[1])
            edit = Edit(edit_id=f"proof-{name}", actor=None, at=NOW)
            add_evidence(response, path=name, source=source, edit=edit)
    send_for_signature(response, actor=None, at=NOW)
    sign(response, actor=None, at=NOW)
    assignment.refresh_from_db()
    return assignment


def verifier() -> User:
    """Somebody who verifies for the department."""
    return department_person(DepartmentRoleName.VERIFIER)


def administrator() -> User:
    """Somebody who decides for the department."""
    return department_person(DepartmentRoleName.ADMINISTRATOR)


def planned(round_: Round, *people: User, **details: Any) -> VerificationPlan:
    """The round's plan, not begun."""
    wanted = PlanDetails(verifiers=people or (verifier(),), **details)
    return services.save_plan(round_, wanted, actor=None, at=NOW)


def under_way(round_: Round | None = None, *people: User, **details: Any) -> VerificationPlan:
    """A verification whose work is handed out; of two agencies unless a round is given."""
    plan = planned(round_ or scored_round(HIGH, HIGH), *people, **details)
    services.begin(plan, actor=None, at=NOW)
    plan.refresh_from_db()
    services.hand_out(plan, actor=None, clock=lambda: NOW, progress=lambda _done, _total: None)
    plan.refresh_from_db()
    return plan


def items_of(plan: VerificationPlan) -> list[VerificationItem]:
    """The answers under verification, by agency, in the questionnaire's order."""
    found = VerificationItem.objects.filter(case__plan=plan)
    return list(found.order_by("case", "position"))


def item_of(plan: VerificationPlan, code: str) -> VerificationItem:
    """The first agency's answer for an indicator."""
    return next(item for item in items_of(plan) if item.code == code)


def say(
    item: VerificationItem, verdict: Verdict = Verdict.ACCEPTED, *, seat: int = 1, **opinion: Any
) -> VerificationItem:
    """What the verifier on the seat says, having seen what stands."""
    own = Judgement.objects.select_related("verifier").get(item=item, seat=seat)
    if verdict is not Verdict.ACCEPTED:
        opinion.setdefault("note", "Chưa đủ tài liệu.")
    told = Opinion(verdict=verdict, seen=own.edits, **opinion)
    return services.judge(own, told, actor=own.verifier, at=NOW)


def all_accepted(plan: VerificationPlan) -> VerificationPlan:
    """Every answer accepted by everybody who is asked."""
    waiting = Judgement.objects.filter(item__case__plan=plan, verdict="")
    for own in waiting.select_related("item"):
        say(own.item, seat=own.seat)
    return plan


def released(plan: VerificationPlan | None = None, **found: Verdict) -> VerificationPlan:
    """Findings released: the first agency's by indicator as given, everything else accepted."""
    plan = plan or under_way()
    for code, verdict in found.items():
        say(item_of(plan, code), verdict)
    all_accepted(plan)
    services.release(plan, actor=None, at=NOW)
    plan.refresh_from_db()
    return plan
