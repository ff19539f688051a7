"""Answers that want a document behind them."""

import pytest

from surveys.engine import Cell, EvidenceNeed, FormState, Kind, MissingCode, Question, Repeat, Table
from tests.surveys.engine.factories import form, integer, select, state

PLAN = form(
    select("has_plan", "yes_no"),
    integer(
        "staff",
        evidence=EvidenceNeed.REQUIRED,
        relevant="${has_plan} = 'yes'",
        missing=(MissingCode.NOT_YET,),
    ),
    integer("budget", evidence=EvidenceNeed.OPTIONAL),
)


def missing(filled: FormState) -> list[str]:
    return [each.path for each in filled.findings() if each.code == "evidence_missing"]


@pytest.mark.parametrize(
    ("answers", "documents", "found"),
    [
        ({"has_plan": "yes", "staff": "3"}, {"evidence": {}}, ["staff"]),
        ({"has_plan": "yes", "staff": "3"}, {"evidence": {"staff": 0}}, ["staff"]),
        ({"has_plan": "yes", "staff": "3"}, {"evidence": {"staff": 1}}, []),
        ({"has_plan": "yes", "staff": "3"}, {}, []),
        ({"has_plan": "yes", "staff": "0"}, {"evidence": {}}, ["staff"]),
        ({"has_plan": "yes"}, {"evidence": {}}, []),
        ({"has_plan": "no", "staff": "3"}, {"evidence": {}}, []),
        (
            {"has_plan": "yes"},
            {"evidence": {}, "remarks": {"staff": {"missing": "CCSL"}}},
            [],
        ),
        ({"has_plan": "yes"}, {"evidence": {}, "typed": {"staff": "ba"}}, []),
        ({"budget": "3"}, {"evidence": {}}, []),
    ],
    ids=[
        "none recorded",
        "none left",
        "one recorded",
        "not managed",
        "zero is an answer",
        "not answered",
        "not relevant",
        "missing code",
        "unreadable",
        "optional",
    ],
)
def test_an_answer_lacks_the_evidence_it_wants(
    answers: dict[str, str], documents: dict[str, dict[str, object]], found: list[str]
) -> None:
    assert missing(state(PLAN, answers, **documents)) == found


def test_missing_evidence_blocks() -> None:
    filled = state(PLAN, {"has_plan": "yes", "staff": "3"}, evidence={})

    assert [each.grade for each in filled.findings() if each.path == "staff"] == ["hard"]


def test_evidence_is_asked_of_each_row_and_cell() -> None:
    asked = integer("cost", evidence=EvidenceNeed.REQUIRED)
    cell = integer("head", evidence=EvidenceNeed.REQUIRED)
    grid = form(
        Repeat(name="works", children=(asked,)),
        Table(name="posts", row_list="rows", columns=(cell,)),
    )
    filled = state(
        grid,
        {
            "works": [{"_id": "a", "cost": "1"}, {"_id": "b", "cost": "2"}],
            "posts": {"north": {"head": "3"}},
        },
        evidence={"works/b/cost": 2},
    )

    assert missing(filled) == ["works/a/cost", "posts/north/head"]


def test_a_computed_answer_wants_no_evidence() -> None:
    hidden = Question(
        name="sum", kind=Kind.CALCULATE, calculation="1 + 1", evidence=EvidenceNeed.REQUIRED
    )

    assert missing(state(form(hidden), {}, evidence={})) == []


def test_recorded_evidence_changes_its_question() -> None:
    filled = state(PLAN, {"has_plan": "yes", "staff": "3"}, evidence={})

    assert filled.set_evidence("staff", 1).changed == {"staff"}
    assert missing(filled) == []


def test_withdrawn_evidence_is_missed_again() -> None:
    filled = state(PLAN, {"has_plan": "yes", "staff": "3"}, evidence={"staff": 1})
    filled.set_evidence("staff", 0)

    assert missing(filled) == ["staff"]


def test_evidence_outlasts_a_change_of_the_answer() -> None:
    filled = state(PLAN, {"has_plan": "yes", "staff": "3"}, evidence={"staff": 1})
    filled.set("staff", Cell(value="4"))

    assert filled.evidence == {"staff": 1}
    assert missing(filled) == []
