"""Agencies that answer by themselves: plausible, seeded, through the services, without findings."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from surveys.campaigns.enums import AssignmentStatus, RoundStatus
from surveys.engine import (
    Choice,
    ChoiceList,
    Definition,
    Grade,
    Group,
    Kind,
    Question,
    Repeat,
    Table,
)
from surveys.models import AnswerChange, Assignment, Response, ResponseRevision
from surveys.questionnaires.ready import READY, Ready
from surveys.responses.queries import state_of
from surveys.responses.simulator import (
    Extent,
    People,
    SimulationStuck,
    Spell,
    simulate,
    simulate_round,
)
from surveys.xlsform import read_workbook
from tests.factories import AgencyFactory
from tests.surveys.campaigns.factories import NOW, AssignmentFactory
from tests.surveys.responses.factories import choices, open_assignment

pytestmark = pytest.mark.django_db

SPELL = Spell(NOW, NOW + timedelta(days=3))

HARD_TO_PLEASE = Definition(
    code="kho-tinh",
    title={"vi": "Phiếu khó tính"},
    children=(
        Group(
            name="general",
            children=(
                Question(
                    name="phone",
                    kind=Kind.TEXT,
                    label={"vi": "Liên hệ"},
                    required="yes",
                    constraint="regex(., '0[0-9]{9}')",
                ),
                Question(name="since", kind=Kind.DATE, required="yes", constraint=". <= today()"),
                Question(name="staff", kind=Kind.INTEGER, required="yes", unit={"vi": "người"}),
                Question(
                    name="women",
                    kind=Kind.INTEGER,
                    required="yes",
                    constraint=". <= ${staff}",
                ),
                Question(
                    name="trained",
                    kind=Kind.INTEGER,
                    required="yes",
                    warning=". > ${staff}",
                ),
                Question(
                    name="has_plan",
                    kind=Kind.SELECT_ONE,
                    list_name="yes_no",
                    required="yes",
                    constraint="selected(., 'khong')",
                ),
                Question(
                    name="plan", kind=Kind.TEXT, relevant="${has_plan} = 'co'", required="yes"
                ),
                Question(
                    name="kinds", kind=Kind.SELECT_MULTIPLE, list_name="sources", required="yes"
                ),
                Question(name="order", kind=Kind.RANK, list_name="sources", required="yes"),
                Question(name="agreed", kind=Kind.ACKNOWLEDGE, required="yes"),
            ),
        ),
        Group(
            name="grids",
            children=(
                Table(
                    name="parts",
                    row_list="sources",
                    constraint="sum(${part_a}) + sum(${part_b}) = ${staff}",
                    columns=(
                        Question(name="part_a", kind=Kind.INTEGER, required="yes"),
                        Question(name="part_b", kind=Kind.INTEGER, required="yes"),
                    ),
                ),
                Table(
                    name="units",
                    row_list="sources",
                    columns=(
                        Question(name="all", kind=Kind.INTEGER, required="yes"),
                        Question(
                            name="some", kind=Kind.INTEGER, required="yes", constraint=". <= ${all}"
                        ),
                        Question(
                            name="more", kind=Kind.INTEGER, required="yes", constraint=". <= ${all}"
                        ),
                        Question(
                            name="rest",
                            kind=Kind.CALCULATE,
                            calculation="${all} - ${some} - ${more}",
                            constraint=". >= 0",
                        ),
                    ),
                ),
                Repeat(
                    name="people",
                    children=(
                        Question(
                            name="mail",
                            kind=Kind.TEXT,
                            label={"vi": "Thư điện tử"},
                            required="yes",
                            parameters={"unique": "yes"},
                            constraint="regex(., '[^@ ]+@[^@ ]+')",
                        ),
                    ),
                ),
            ),
        ),
    ),
    lists={
        "yes_no": ChoiceList(name="yes_no", choices=choices("co", "khong")),
        "sources": ChoiceList(
            name="sources",
            choices=tuple(Choice(name=f"s{n}", label={"vi": f"Nguồn {n}"}) for n in range(4)),
        ),
    },
)

IMPOSSIBLE = Definition(
    code="khong-the",
    title={"vi": "Phiếu không thể"},
    children=(
        Group(
            name="general",
            children=(Question(name="odd", kind=Kind.INTEGER, required="yes", constraint=". < 0"),),
        ),
    ),
)


def run(assignment, *, seed=1, extent=Extent.SIGNED):
    """One agency answers."""
    return simulate(assignment, seed=seed, extent=extent, spell=SPELL, people=People())


def status_of(assignment):
    """Where the agency stands now."""
    assignment.refresh_from_db()
    return assignment.status


@pytest.mark.parametrize("seed", range(5))
def test_a_simulated_response_has_no_hard_findings(seed):
    response = run(open_assignment(HARD_TO_PLEASE), seed=seed)

    response.refresh_from_db()
    findings = state_of(response, at=SPELL.end).findings()
    assert [f for f in findings if f.grade is Grade.HARD or not f.explained] == []


@pytest.mark.parametrize("extent", Extent)
def test_an_agency_comes_as_far_as_it_should(extent):
    assignment = open_assignment(HARD_TO_PLEASE)

    run(assignment, extent=extent)

    assert status_of(assignment) == extent.value


def test_the_time_is_that_of_the_spell():
    assignment = open_assignment(HARD_TO_PLEASE)

    response = run(assignment)

    assert (response.started_at, ResponseRevision.objects.get(number=2).at) == (
        SPELL.begin,
        SPELL.end,
    )
    assert all(SPELL.begin <= change.at < SPELL.end for change in AnswerChange.objects.all())


def test_the_same_seed_gives_the_same_answers():
    contents = []
    for _ in range(2):
        assignment = open_assignment(HARD_TO_PLEASE, agency=AgencyFactory.create(name="Tỉnh A"))
        assignment.agency.key = "tinh-a"
        assignment.round.code = "ky-a"
        run(assignment, extent=Extent.AWAITING)
        contents.append(json.loads(ResponseRevision.objects.latest("pk").canonical)["answers"])

    assert contents[0] == contents[1]


def test_another_seed_gives_other_answers():
    answers = []
    for seed in (1, 2):
        response = run(open_assignment(HARD_TO_PLEASE), seed=seed)
        response.refresh_from_db()
        answers.append(response.answers)

    assert answers[0] != answers[1]


def test_where_no_answer_passes_the_simulator_says_so():
    with pytest.raises(SimulationStuck) as stuck:
        run(open_assignment(IMPOSSIBLE))

    assert "odd" in str(stuck.value)


def test_a_section_that_the_answers_open_is_filled_in():
    yes_no = ChoiceList("yes_no", (Choice("co", {"vi": "Có"}),))
    definition = Definition(
        code="hai-phan",
        title={"vi": "Hai phần"},
        lists={"yes_no": yes_no},
        children=(
            Group(
                name="one",
                children=(
                    Question(name="used", kind=Kind.SELECT_ONE, list_name="yes_no", required="yes"),
                ),
            ),
            Group(
                name="two",
                relevant="${used} = 'co'",
                children=(Question(name="staff", kind=Kind.INTEGER, required="yes"),),
            ),
        ),
    )

    response = answered(definition)

    assert set(response.answers) == {"used", "staff"}


def test_a_scale_with_no_rating_at_its_end_is_mostly_rated():
    steps = [Choice(code, {"vi": code}, score=code) for code in "12345"]
    scale = ChoiceList("scale", (*steps, Choice("kdg", {"vi": "Không đánh giá"})))
    rows = ChoiceList("rows", tuple(Choice(f"r{i}", {"vi": f"Dòng {i}"}) for i in range(40)))
    rating = Question(name="rating", kind=Kind.SELECT_ONE, list_name="scale", required="yes")
    definition = Definition(
        code="thang-do",
        title={"vi": "Thang đo"},
        lists={"scale": scale, "rows": rows},
        children=(Table(name="ratings", row_list="rows", columns=(rating,)),),
    )

    ratings = [row["rating"] for row in answered(definition).answers["ratings"].values()]

    assert ratings.count("kdg") < 10
    assert sum(rating in {"3", "4", "5"} for rating in ratings) > 20


def test_no_more_choices_are_taken_than_a_check_allows():
    letters = ChoiceList("letters", tuple(Choice(each, {"vi": each}) for each in "abcdefgh"))
    definition = Definition(
        code="chon-it",
        title={"vi": "Chọn ít"},
        lists={"letters": letters},
        children=(
            Group(
                name="one",
                children=(
                    Question(
                        name="few",
                        kind=Kind.SELECT_MULTIPLE,
                        list_name="letters",
                        required="yes",
                        constraint="count-selected(.) <= 1",
                    ),
                ),
            ),
        ),
    )

    response = answered(definition)

    assert len(response.answers["few"]) == 1


@pytest.mark.parametrize("ready", READY, ids=[each.code for each in READY])
def test_the_ready_questionnaires_are_answered(ready: Ready):
    definition = read_workbook(ready.read(), ready.filename, code=ready.code).definition
    assert definition is not None

    response = answered(definition)

    assert response.assignment.status == AssignmentStatus.SUBMITTED


def answered(definition: Definition) -> Response:
    """What an agency signs that answers by itself; always the same one, by whose key the seed draws."""
    assignment = open_assignment(definition)
    assignment.agency.key = "tinh-mau"
    assignment.agency.save()
    run(assignment)
    return Response.objects.select_related("assignment").get(assignment=assignment)


def test_a_share_of_a_round_drafts_and_the_rest_submits():
    round_ = open_assignment(HARD_TO_PLEASE).round
    AssignmentFactory.create_batch(5, round=round_)

    counts = simulate_round(
        round_, responses=4, seed=1, until=NOW + timedelta(days=2), draft_share=0.5
    )

    statuses = sorted(Assignment.objects.values_list("status", flat=True))
    assert counts == {Extent.DRAFT: 2, Extent.SIGNED: 2}
    assert statuses == ["draft", "draft", "not_started", "not_started", "submitted", "submitted"]


def test_the_command_says_what_it_did(capsys):
    assignment = open_assignment(HARD_TO_PLEASE)
    _reopen(assignment)

    call_command("simulate", assignment.round.code, responses=1, seed=7)

    assert "1 submitted, 0 drafting" in capsys.readouterr().out
    assert status_of(assignment) == AssignmentStatus.SUBMITTED


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"responses": 0, "seed": 1}, "At least one"),
        ({"responses": 1, "seed": 1, "draft_share": 2.0}, "between 0 and 1"),
    ],
)
def test_the_command_refuses_what_makes_no_sense(options, words):
    with pytest.raises(CommandError, match=words):
        call_command("simulate", open_assignment().round.code, **options)


def test_the_command_wants_a_round_there_is():
    with pytest.raises(CommandError, match="no round"):
        call_command("simulate", "khong-co", responses=1, seed=1)


def test_the_command_wants_an_open_round():
    assignment = open_assignment()
    assignment.round.status = RoundStatus.CLOSED
    assignment.round.save()

    with pytest.raises(CommandError, match="must be open"):
        call_command("simulate", assignment.round.code, responses=1, seed=1)


def _reopen(assignment):
    """Let the round hold today, whenever the tests run."""
    now = timezone.now()
    round_ = assignment.round
    round_.opens_at, round_.closes_at = now - timedelta(days=5), now + timedelta(days=5)
    round_.save()
    assignment.due_at = round_.closes_at
    assignment.save()
