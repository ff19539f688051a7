"""What comes of rules with values that somebody tries."""

from typing import Any

import pytest
from django.utils import translation

from surveys.questionnaires.logic import Trial, panel_of, rules_of
from tests.surveys.questionnaires.factories import NOW
from tests.surveys.questionnaires.logic.forms import the_form


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def trial(**typed: Any) -> Trial:
    given = {path.replace("__", "/"): text for path, text in typed.items()}
    return Trial(the_form(), given, language="en", at=NOW)


def outcome(key: str, **typed: Any) -> tuple[str, str]:
    tried = trial(**typed)
    rule = next(each for each in rules_of(tried.form, "en") if each.key == f"u-{key}")
    found = tried.outcome(rule)
    return found.words, found.look


OUTCOMES = [
    ("areas.relevant", {}, ("Hidden", "")),
    ("areas.relevant", {"doc": "done"}, ("Shown", "")),
    ("areas.required", {"doc": "sent"}, ("Not required", "")),
    ("areas.choice_filter", {"doc": "done"}, ("1 of 2 choices", "")),
    ("staff.constraint", {}, ("Nothing to check", "")),
    ("staff.constraint", {"staff": "-1"}, ("Reports", "bad")),
    ("staff.constraint", {"staff": "1"}, ("No report", "")),
    ("actual.warning", {"staff": "10", "actual": "11.5"}, ("Reports", "warn")),
    ("gap.calculation", {"staff": "24", "actual": "26"}, ("\u22122", "")),
    ("gap.calculation", {"staff": "24"}, ("Blank", "")),
    ("table.closed", {}, ("1 of 4 cells closed", "")),
    ("table.constraint", {"staff": "1"}, ("Nothing to check", "")),
    ("table.constraint", {"staff": "1", "table__g1__men": "2"}, ("Reports", "bad")),
    ("women.warning", {"table__g1__men": "2", "table__g1__women": "3"}, ("Reports", "warn")),
    ("offices.repeat_count", {"staff": "7"}, ("7", "")),
    ("office.relevant", {"staff": "7"}, ("Shown", "")),
]


@pytest.mark.parametrize(("key", "typed", "found"), OUTCOMES)
def test_a_rule_gives_with_test_values(key, typed, found):
    assert outcome(key, **typed) == found


def test_a_value_that_cannot_be_read_is_said_and_reads_as_blank():
    tried = trial(staff="abc", signed="31/2/2026")

    panel = panel_of(tried, rules_of(tried.form, "en"))
    said = {
        box.path: str(box.problem) for each in panel.questions for box in each.boxes if box.problem
    }

    assert said == {
        "staff": "This is no whole number.",
        "signed": "This is no date. Write it as 31/12/2026.",
    }
    assert tried.state.value("staff") is None


def test_only_what_people_answer_can_be_tried():
    assert trial(gap="1", part="1", gone="1", table__g9__men="1").typed == {}


def test_boxes_are_those_that_the_rules_read():
    tried = trial()
    rules = [each for each in rules_of(tried.form, "en") if each.key == "u-table.constraint"]

    panel = panel_of(tried, rules)

    assert [[box.path for box in each.boxes] for each in panel.questions] == [
        ["staff"],
        ["table/g1/men", "table/g2/men"],
    ]


def test_a_value_of_a_hidden_question_says_that_it_reads_as_blank():
    tried = trial(doc="none", areas=["it"])
    rules = [each for each in rules_of(tried.form, "en") if each.name == "equipment"]

    assert [box.is_hidden for each in panel_of(tried, rules).questions for box in each.boxes] == [
        True
    ]
