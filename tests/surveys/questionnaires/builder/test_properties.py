"""Which properties the right pane shows of what."""

from dataclasses import fields
from typing import Any

import pytest

from surveys.definitions import load
from surveys.definitions.editing import ROOT, Sort, Tree
from surveys.definitions.editing.fields import CLASSES, STRUCTURE, field_of
from surveys.engine import Indicator, Kind, compile_definition
from surveys.questionnaires.builder.properties import Pane, Source, pane_of
from surveys.questionnaires.builder.properties.table import (
    BY_FIELD,
    HAS_TEXTS,
    PROPERTIES,
    Control,
)
from tests.surveys.definitions.editing.factories import draft, question

ELSEWHERE = {
    Sort.ROOT: {"default_language", "settings", "tables"},
    Sort.CHOICE: {"extra"},
    Sort.QUESTION: {"parameters"},
}
"""Fields that another control changes, or another page."""
BESIDE = {"code", "library_item", "appearance"}
"""What a questionnaire keeps, what the library sets, and words that groups have for other tools."""


def pane(uid: str, document: dict[str, Any] | None = None, **source: Any) -> Pane:
    document = document or draft()
    given: dict[str, Any] = {"language": "vi"} | source
    form = compile_definition(load(document))
    return pane_of(Source(form=form, tree=Tree(document), **given), uid)


def asked(kind: str = "text", **fields_: Any) -> dict[str, Any]:
    """A draft with the question q."""
    document = draft()
    document["children"][0]["children"].append(question("q", kind, **fields_))
    return document


def shown(found: Pane) -> set[str]:
    return {field.field for part in found.parts for field in part.fields}


@pytest.mark.parametrize(
    "sort", [Sort.ROOT, Sort.LIST, Sort.CHOICE, Sort.QUESTION, Sort.GROUP, Sort.REPEAT, Sort.TABLE]
)
def test_every_field_of_the_model_has_a_property(sort: Sort):
    subjects = {kind.value for kind in Kind} if sort is Sort.QUESTION else {sort.value}
    told = {each.key for each in PROPERTIES if each.subjects & subjects}
    known = {item.name for item in fields(CLASSES[sort])} - STRUCTURE - BESIDE

    assert known - told - ELSEWHERE.get(sort, set()) == set()


@pytest.mark.parametrize("each", PROPERTIES, ids=lambda each: each.field)
def test_every_property_is_a_field_that_can_be_changed(each):
    for subject in each.subjects:
        sort = Sort.QUESTION if subject in set(Kind) else Sort(subject)
        path = f"{each.field}.vi" if each.control is Control.TEXTS else each.field
        assert field_of(sort, "u", path).key == each.key


def test_no_field_stands_twice():
    assert (len(BY_FIELD), "label" in HAS_TEXTS) == (len(PROPERTIES), True)


@pytest.mark.parametrize(
    ("kind", "has", "lacks"),
    [
        ("text", {"required", "parameters.prefill", "appearance"}, {"unit", "list_name"}),
        ("integer", {"unit", "missing", "evidence", "constraint"}, {"list_name", "appearance"}),
        ("select_one", {"list_name", "or_other", "choice_filter", "appearance"}, {"unit"}),
        ("rank", {"list_name"}, {"parameters.start"}),
        ("range", {"parameters.start", "parameters.end", "parameters.step"}, {"list_name"}),
        ("note", {"label", "relevant", "guidance"}, {"required", "default", "indicator"}),
        ("calculate", {"calculation", "indicator", "unit"}, {"required", "hint"}),
        ("hidden", {"default", "calculation"}, {"constraint", "hint"}),
        ("file", {"evidence", "required"}, {"default", "calculation"}),
    ],
)
def test_a_question_shows_what_fits_its_kind(kind: str, has: set[str], lacks: set[str]):
    found = shown(pane("u_q", asked(kind)))

    assert (has - found, lacks & found) == (set(), set())


def test_what_does_not_fit_is_shown_as_long_as_it_is_there():
    found = pane("u_q", asked("text", unit={"vi": "ha"}))

    (unit,) = (field for part in found.parts for field in part.fields if field.field == "unit")
    assert (unit.fits, unit.texts[0].value) == (False, "ha")


def test_parameters_and_words_for_other_tools_are_kept_and_shown():
    document = asked("text", parameters={"rows": "3"}, appearance="numbers multiline")
    found = {f.field: f for part in pane("u_q", document).parts for f in part.fields}

    assert (found["parameters.rows"].value, found["appearance"].kept) == ("3", "numbers")


@pytest.mark.parametrize(
    ("uid", "expected"),
    [
        (ROOT, {"title", "languages"}),
        ("u_yes_no", {"name"}),
        ("u_yes", {"label", "name", "score"}),
        ("u_s1", {"label", "name", "hint", "relevant"}),
    ],
)
def test_what_is_no_question_has_properties_too(uid: str, expected: set[str]):
    assert shown(pane(uid)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", "never"), ("no", "never"), ("yes", "always"), ("true()", "always"), ("${a} = 1", "if")],
)
def test_a_rule_is_never_always_or_under_a_condition(text: str, expected: str):
    found = pane("u_q", asked(required=text))

    (field,) = (f for part in found.parts for f in part.fields if f.field == "required")
    assert field.kept == expected


def test_a_problem_stands_at_its_field_and_opens_its_part():
    found = pane("u_q", asked(relevant="${nobody} = 1"))

    (part,) = (part for part in found.parts if part.part == "shown")
    assert (part.is_open, [p.code for p in part.fields[0].problems], found.problems) == (
        True,
        ["reference_unknown"],
        (),
    )


def test_a_kind_says_what_it_has_no_place_for():
    document = asked("select_one", list_name="yes_no", or_other=True)
    (kind,) = (f for part in pane("u_q", document).parts for f in part.fields if f.field == "kind")

    lost = {option.value: bool(option.note) for option in kind.options}
    assert (lost["text"], lost["rank"], lost["select_one"]) == (True, False, False)


def test_who_speaks_of_a_name_is_told():
    found = pane("u_a")

    assert [mention.uid for mention in found.mentions] == ["u_b"]


def test_a_published_name_is_said_to_be_one():
    assert [pane("u_a", published=frozenset({"a"})).is_published, pane("u_a").is_published] == [
        True,
        False,
    ]


def test_the_text_of_the_reader_s_language_comes_first():
    found = pane("u_a", draft(languages=["vi", "en"]), language="en")

    assert [text.value for text in found.parts[0].fields[0].texts] == ["Question A", "Câu A"]


def test_indicators_are_called_by_their_names():
    indicator = Indicator(code="CT1", label={"vi": "Tỷ lệ"})
    found = pane("u_q", asked("integer", indicator="CT1 CT2"), indicators=(indicator,))

    (field,) = (f for part in found.parts for f in part.fields if f.field == "indicator")
    assert field.notes == ("CT1: Tỷ lệ",)


def listed(count: int) -> dict[str, Any]:
    document = draft()
    document["lists"]["yes_no"]["choices"] = [
        {"name": f"c{n}", "label": {"vi": f"Xã {n}"}, "uid": f"u_c{n}"} for n in range(count)
    ]
    return document


@pytest.mark.parametrize(
    ("uid", "page", "codes", "at"),
    [
        ("u_c", 1, ["c0", "c11"], (1, 3)),
        ("u_c", 3, ["c24", "c29"], (3, 3)),
        ("u_c", 99, ["c24", "c29"], (3, 3)),
        ("u_yes_no", 1, ["c0", "c24"], (1, 2)),
    ],
)
def test_long_lists_are_paged(uid: str, page: int, codes: list[str], at: tuple[int, int]):
    choices = pane(uid, listed(30), page=page).choices

    assert choices is not None
    assert ([choices.rows[0].code, choices.rows[-1].code], (choices.page, choices.pages)) == (
        codes,
        at,
    )


def test_a_list_says_how_many_use_it():
    document = asked("select_multiple", list_name="yes_no")

    choices = pane("u_c", document).choices
    assert choices is not None
    assert (choices.users, choices.is_shared) == (2, True)


def test_the_root_lists_all_lists_with_their_uses():
    document = draft()
    document["lists"]["spare"] = {"name": "spare", "uid": "u_spare", "choices": []}

    assert [(each.name, each.users) for each in pane(ROOT, document).lists] == [
        ("yes_no", 1),
        ("rows", 1),
        ("spare", 0),
    ]


def test_the_root_counts_what_goes_with_a_language():
    document = draft(languages=["vi", "en"])

    assert [(each.code, each.texts) for each in pane(ROOT, document).languages] == [
        ("vi", 5),
        ("en", 1),
    ]
