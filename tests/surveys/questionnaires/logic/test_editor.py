"""A condition put together from parts, and the expression that comes of it."""

from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from surveys.engine.expressions import parse
from surveys.engine.sentences import Comparison, Joined, read
from surveys.questionnaires.logic import (
    DraftedGroup,
    DraftedTerm,
    Incomplete,
    Spot,
    added,
    box_of,
    drafted_of,
    find,
    fitted,
    removed,
    text_of,
)
from surveys.questionnaires.logic.editor import TermBox
from tests.surveys.questionnaires.logic.forms import the_form

FORM = the_form()


def spot(name: str = "staff", field: str = "relevant", language: str = "vi") -> Spot:
    return Spot(FORM, FORM.element(name), field, language)


def term(subject: str, comparison: str, *values: str, formula: bool = False) -> DraftedTerm:
    return DraftedTerm(subject, Comparison(comparison), values, formula)


def all_of(*parts: DraftedTerm | DraftedGroup) -> DraftedGroup:
    return DraftedGroup(Joined.ALL, parts)


WRITTEN = [
    (spot(), all_of(term("A1 Văn bản", "is", "done")), "${doc} = 'done'"),
    (spot(), all_of(term("doc", "is", "done", "sent")), "${doc} = 'done' or ${doc} = 'sent'"),
    (spot(), all_of(term("${doc}", "is_not", "done")), "${doc} != 'done'"),
    (spot(), all_of(term("areas", "includes", "it")), "selected(${areas}, 'it')"),
    (spot(), all_of(term("actual", "above", "1.234,5")), "${actual} > 1234.5"),
    (spot(language="en"), all_of(term("actual", "above", "1,234.5")), "${actual} > 1234.5"),
    (spot(), all_of(term("actual", "is", "-2")), "${actual} = -2"),
    (spot(), all_of(term("actual", "between", "1", "5", "9")), "${actual} >= 1 and ${actual} <= 5"),
    (spot(), all_of(term("signed", "above", "5/2/2026")), "${signed} > date('2026-02-05')"),
    (spot(), all_of(term("code", "is", "it's")), '${code} = "it\'s"'),
    (spot(), all_of(term("doc", "answered")), "${doc} != ''"),
    (
        spot("actual", "warning"),
        all_of(term("câu trả lời này", "at_most", "${staff} * 1.1", formula=True)),
        ". <= ${staff} * 1.1",
    ),
    (
        spot("actual", "warning"),
        all_of(term(".", "at_most", "A3 Biên chế", formula=True)),
        ". <= ${staff}",
    ),
    (spot(), all_of(term("tổng Nam", "above", "3")), "sum(${men}) > 3"),
    (spot("women", "warning"), all_of(term("men", "above", "3")), "${men} > 3"),
    (
        spot("table", "closed"),
        all_of(term("dòng", "is", "g2"), term("cột", "is", "women")),
        "row() = 'g2' and . = 'women'",
    ),
    (
        spot("areas", "choice_filter"),
        all_of(term("level", "is", "doc", formula=True)),
        "level = ${doc}",
    ),
    (spot(), DraftedGroup(), ""),
]


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


@pytest.mark.parametrize(("at", "group", "text"), WRITTEN)
def test_parts_become_an_expression(at, group, text):
    with translation.override(at.language):
        assert text_of(at, group) == text


@pytest.mark.parametrize(("at", "group", "text"), WRITTEN)
def test_an_expression_becomes_parts_that_write_it_again(at, group, text):
    with translation.override(at.language):
        again = drafted_of(at, text)

        assert again is not None
        assert text_of(at, again) == text


REFUSED = [
    (term("", "is", "1"), "Chọn câu hỏi."),
    (term("stafff", "is", "1"), "Không có câu này. Có phải là “A3 Biên chế”?"),
    (term("xyzw", "is", "1"), "Không có câu này. Hãy tìm theo số, tên hoặc nhãn."),
    (term("actual", "is", "nhiều"), "Đây không phải số."),
    (term("actual", "is"), "Chọn giá trị."),
    (term("actual", "is", ""), "Nhập giá trị."),
    (term("actual", "between", "1"), "Nhập cả hai đầu của khoảng."),
    (term("signed", "is", "31/2/2026"), "Đây không phải ngày. Hãy viết như 31/12/2026."),
    (
        term("actual", "is", "if(", formula=True),
        "Không có câu này. Hãy tìm theo số, tên hoặc nhãn.",
    ),
]


@pytest.mark.parametrize(("part", "words"), REFUSED)
def test_what_is_missing_is_said_at_its_place(part, words):
    at = spot("gap", "relevant")
    box = box_of(at, all_of(part))

    with pytest.raises(Incomplete):
        text_of(at, all_of(part))
    assert [each.problem for each in box.parts] == [words]


def test_an_empty_group_is_not_complete():
    with pytest.raises(Incomplete):
        text_of(spot(), all_of(DraftedGroup()))


def test_a_code_that_the_list_lost_stays_until_it_is_taken_out():
    group = drafted_of(spot(), "${doc} = 'old'")

    assert group is not None
    (box,) = box_of(spot(), group).parts
    assert isinstance(box, TermBox)
    assert ("old", "old", True) in box.options


def test_what_no_sentence_says_has_no_parts():
    assert drafted_of(spot(), "pulldata('a', 'b', 'c', ${doc}) = '1'") is None


def test_parts_are_added_and_removed_by_their_place():
    inner = DraftedGroup(Joined.ANY, (term("doc", "answered"),))
    group = all_of(term("staff", "answered"), inner)

    more = added(group, (1,), term("code", "answered"))

    assert more.parts[1] == DraftedGroup(
        Joined.ANY, (term("doc", "answered"), term("code", "answered"))
    )
    assert removed(removed(more, (1, 0)), (1, 0)) == all_of(term("staff", "answered"))


@pytest.mark.parametrize(
    ("at", "text", "names"),
    [
        (spot(), "van ban", ["doc"]),
        (spot(), "A4", ["actual"]),
        (spot(), "nam", ["men"]),
        (spot("doc", "relevant"), "lĩnh vực", []),
        (spot("doc", "constraint"), "lĩnh vực", ["areas"]),
        (spot("areas", "choice_filter"), "", ["name", "level"]),
        (spot("staff", "constraint"), "biên chế", []),
    ],
)
def test_only_what_may_be_referred_to_is_found(at, text, names):
    assert [each.name for each in find(at, text)] == names


EXPRESSIONS = [
    "${doc} = 'done' and (${actual} > 1.5 or not(selected(${areas}, 'it') and ${staff} = 2))",
    "not(${actual} > 1)",
    ". >= 0 and . <= ${staff} * 1.1",
    "${signed} <= today() and ${signed} > date('2020-01-31')",
    "${code} = concat('a\"', \"'b\")",
    "starts-with(${code}, 'X') or regex(${code}, '[a-z]+')",
]


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_parts_say_what_the_expression_says(text):
    at = spot("actual", "warning")
    group = drafted_of(at, text)

    assert group is not None
    assert read(parse(text_of(at, group))) == read(parse(text))


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.just("${doc}")),
    lambda inside: st.one_of(
        st.lists(inside, max_size=4),
        st.dictionaries(
            st.sampled_from(["kind", "parts", "subject", "comparison", "values", "as"]),
            inside,
            max_size=6,
        ),
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(["kind", "parts"]), json_values))
def test_nothing_that_a_browser_sends_breaks_the_dialog(data):
    group = DraftedGroup.read(data)

    assert box_of(spot(), group).path == ""


@pytest.mark.parametrize(
    ("subject", "comparison", "is_new", "then"),
    [
        ("areas", "is", True, "includes"),
        ("areas", "is", False, "is"),
        ("doc", "includes", True, "is"),
        ("actual", "above", True, "above"),
        ("nobody", "above", True, "above"),
    ],
)
def test_a_comparison_suits_the_subject_that_has_just_been_chosen(
    subject, comparison, is_new, then
):
    chosen = DraftedTerm(subject, Comparison(comparison), is_new=is_new)

    wanted = replace(chosen, comparison=Comparison(then))
    assert fitted(spot(), all_of(all_of(chosen))) == all_of(all_of(wanted))
