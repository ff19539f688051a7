"""How long a questionnaire takes."""

from typing import Any

import pytest

from surveys.engine import Element, EvidenceNeed, Group, Kind, Question, Repeat, Table
from surveys.engine.quality import review
from surveys.engine.quality.burden import Burden, Part
from tests.surveys.engine.factories import calculate, choice_list, form, integer, select, text

EVIDENCE = EvidenceNeed.REQUIRED


def burden(*children: Element, **attributes: Any) -> Burden:
    return review(form(*children, **attributes)).burdens[0]


def asked(kind: Kind, **attributes: Any) -> Question:
    listed = kind in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK}
    return Question(name="a", kind=kind, list_name="yes_no" if listed else "", **attributes)


@pytest.mark.parametrize(
    ("element", "seconds"),
    [
        (asked(Kind.TEXT), 15),
        (asked(Kind.TEXT, appearance="multiline"), 60),
        (asked(Kind.INTEGER, appearance="multiline"), 20),
        (asked(Kind.DECIMAL), 20),
        (asked(Kind.DATE), 12),
        (asked(Kind.TIME), 8),
        (asked(Kind.DATETIME), 15),
        (asked(Kind.SELECT_ONE), 5),
        (asked(Kind.SELECT_MULTIPLE), 10),
        (asked(Kind.RANK), 25),
        (asked(Kind.RANGE), 6),
        (asked(Kind.ACKNOWLEDGE), 3),
        (asked(Kind.FILE), 45),
        (asked(Kind.NOTE), 0),
        (asked(Kind.HIDDEN), 0),
        (calculate("a", "1"), 0),
        (asked(Kind.INTEGER, calculation="1 + 1"), 0),
        (asked(Kind.INTEGER, evidence=EVIDENCE), 65),
        (asked(Kind.INTEGER, evidence=EvidenceNeed.OPTIONAL), 20),
        (Group(name="g", children=(integer("a"), text("b"))), 35),
        (Repeat(name="r", children=(integer("a"), text("b"))), 70),
        (Repeat(name="r", repeat_count="3", children=(integer("a"),)), 60),
        (Repeat(name="r", repeat_count="1 + 4", children=(integer("a"),)), 40),
        (Table(name="t", row_list="rows", columns=(integer("a"), text("b"))), 35),
        (Table(name="t", row_list="colours", columns=(text("b"),)), 23),
    ],
)
def test_an_element_takes_its_seconds(element: Element, seconds: int):
    assert burden(element).answering_seconds == seconds


@pytest.mark.parametrize(
    ("element", "words"),
    [
        (text("a", label={"vi": "một hai"}, hint={"vi": "ba"}), 3),
        (text("a", guidance={"vi": "một hai"}, unit={"vi": "người"}), 3),
        (text("a", label={"vi": "một"}, constraint_message={"vi": "hai ba"}), 1),
        (asked(Kind.HIDDEN, label={"vi": "một hai"}), 0),
        (select("a", "yes_no", label={"vi": "một"}), 5),
        (select("a", "twelve"), 24),
        (select("a", "thirteen"), 0),
        (Table(name="t", row_list="rows", columns=(integer("a", label={"vi": "một"}),)), 5),
        (Table(name="t", row_list="thirteen", columns=(integer("a"),)), 26),
        (Group(name="g", label={"vi": "một"}, children=(text("a", hint={"vi": "hai"}),)), 2),
        (Repeat(name="r", label={"vi": "một"}, children=(text("a", hint={"vi": "hai"}),)), 2),
    ],
)
def test_what_is_read_is_counted(element: Element, words: int):
    lists = {
        each.name: each
        for each in (
            choice_list("yes_no", "yes", "no"),
            choice_list("rows", "north", "south"),
            choice_list("twelve", *(f"c{number}" for number in range(12))),
            choice_list("thirteen", *(f"c{number}" for number in range(13))),
        )
    }

    assert burden(element, lists=lists).words == words


def test_each_section_has_its_words_and_its_time():
    children = (
        Group(name="one", label={"vi": "một hai"}, children=(integer("a", hint={"vi": "ba"}),)),
        Group(name="two", children=(text("b"),)),
    )

    assert burden(*children).sections == (Part("one", 3, 21), Part("two", 0, 15))


def test_the_longest_text_is_named():
    children = (
        text("a", label={"vi": "một"}),
        text("b", label={"vi": "một hai"}, hint={"vi": "ba"}),
        text("c", label={"vi": "một hai"}),
    )

    found = burden(*children)

    assert (found.longest, found.longest_words) == ("b", 3)


@pytest.mark.parametrize(
    ("words", "reading", "minutes", "reading_minutes"), [(225, 45, 1, 1), (226, 46, 2, 1)]
)
def test_minutes_are_whole_ones_begun(words, reading, minutes, reading_minutes):
    found = burden(text("a", label={"vi": "từ " * words}))

    assert (found.reading_seconds, found.minutes, found.reading_minutes) == (
        reading,
        minutes,
        reading_minutes,
    )


def test_another_language_is_read_as_english_is():
    assert (
        burden(text("a", label={"fr": "mot " * 238}), languages=("fr",), default_language="fr")
    ).reading_seconds == 60
