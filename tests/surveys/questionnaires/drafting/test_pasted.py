"""Choices from the clipboard."""

import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaires.drafting.pasted import (
    Finding,
    Flaw,
    Pasted,
    PastedChoice,
    read_choices,
)

PRESENT = [
    {"name": "1", "label": {"vi": "Có", "en": "Yes"}},
    {"name": "2", "label": {"vi": "Không"}},
]
LABEL = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Z"]), min_size=1, max_size=12)


def read(text: str, **given_: Any) -> Pasted:
    wanted: dict[str, Any] = {"languages": ["vi", "en"], "present": [], "replace": True} | given_
    return read_choices(text, **wanted)


def told(text: str, **given_: Any) -> list[tuple[str, dict[str, str], str]]:
    return [(each.code, dict(each.label), each.score) for each in read(text, **given_).choices]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chuyển đổi số\nDữ liệu", [("chuyen_doi_so", {"vi": "Chuyển đổi số"}, ""), ("du_lieu", {"vi": "Dữ liệu"}, "")]),
        ("Có\nCó", [("co", {"vi": "Có"}, ""), ("co_2", {"vi": "Có"}, "")]),
        ("数字", [("lc", {"vi": "数字"}, "")]),
        ("cds\tChuyển đổi số", [("cds", {"vi": "Chuyển đổi số"}, "")]),
        ("1\tCó\tYes", [("1", {"vi": "Có", "en": "Yes"}, "")]),
        ("1\tCó\tYes\t10", [("1", {"vi": "Có", "en": "Yes"}, "10")]),
        ("1\tCó\t0,5", [("1", {"vi": "Có"}, "0.5")]),
        ("Có đủ\tFully\nChưa có\tNot yet", [("co_du", {"vi": "Có đủ", "en": "Fully"}, ""), ("chua_co", {"vi": "Chưa có", "en": "Not yet"}, "")]),
        ("Mã\tNhãn\n1\tCó", [("1", {"vi": "Có"}, "")]),
        ("Nhãn\tMã\tĐiểm\nCó\t1\t5", [("1", {"vi": "Có"}, "5")]),
        ("name\tlabel::English (en)\tlabel\n1\tYes\tCó", [("1", {"en": "Yes", "vi": "Có"}, "")]),
        ("a\tA\r\n\r\nb\tB\r\n", [("a", {"vi": "A"}, ""), ("b", {"vi": "B"}, "")]),
    ],
)  # fmt: skip
def test_a_block_is_read(text: str, expected: list[Any]):
    assert told(text) == expected


def test_columns_with_other_heads_are_kept_for_filters():
    pasted = read("Mã\tNhãn\tTỉnh\n1\tXã A\tlaocai")

    assert pasted.choices == (PastedChoice("1", {"vi": "Xã A"}, "", {"tinh": "laocai"}),)


@pytest.mark.parametrize(
    ("text", "flaw", "row", "word"),
    [
        ("", Flaw.NOTHING, 0, ""),
        (" \n\t\n", Flaw.NOTHING, 0, ""),
        ("Mã\tNhãn", Flaw.NOTHING, 0, ""),
        ("a\tA\na\tB", Flaw.CODE_TWICE, 2, "a"),
        ("a\tA\nb c\tB", Flaw.CODE_BLANK, 2, "b c"),
        ("a\tA\n\tB", Flaw.CODE_MISSING, 2, ""),
        ("Mã\tNhãn\tĐiểm\n1\tCó\tnhiều", Flaw.SCORE_UNREADABLE, 2, "nhiều"),
        ("x\n" * 20_001, Flaw.TOO_MANY, 20_001, ""),
    ],
)
def test_what_is_wrong_is_said_with_its_row(text: str, flaw: Flaw, row: int, word: str):
    assert read(text).findings == (Finding(flaw, row, word),)


@pytest.mark.parametrize(
    ("text", "replace", "expected"),
    [
        ("không\nCó\nMới", True, ["2", "1", "moi"]),
        ("Yes", True, ["1"]),
        ("Có", False, ["co"]),
        ("Mới", False, ["moi"]),
    ],
)
def test_a_label_that_is_there_keeps_its_code(text: str, replace: bool, expected: list[str]):
    assert [code for code, *_ in told(text, present=PRESENT, replace=replace)] == expected


def test_a_new_label_never_takes_the_code_of_another():
    present = [{"name": "moi", "label": {"vi": "Khác hẳn"}}]

    assert [code for code, *_ in told("Mới", present=present)] == ["moi_2"]


def test_a_pasted_code_that_the_list_has_is_refused_behind_it():
    assert read("1\tLại", present=PRESENT, replace=False).findings == (
        Finding(Flaw.CODE_TWICE, 1, "1"),
    )


@given(st.text(max_size=400), st.booleans())
def test_any_text_gives_unique_codes_without_blanks_or_findings(text: str, replace: bool):
    pasted = read(text, present=PRESENT, replace=replace)

    codes = [each.code for each in pasted.choices]
    assert pasted.findings or (
        len(set(codes)) == len(codes)
        and not any(re.search(r"\s", code) or not code for code in codes)
    )


@given(st.lists(LABEL, min_size=1, max_size=30))
def test_every_label_comes_in_its_order(labels: list[str]):
    pasted = read("Nhãn\n" + "\n".join(f'"{each}"' for each in labels if '"' not in each))

    assert [dict(each.label)["vi"] for each in pasted.choices] == [
        unicodedata.normalize("NFC", each) for each in labels if '"' not in each
    ]


@given(st.lists(st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True), min_size=1, unique=True))
def test_pasting_a_list_over_itself_changes_no_code(codes: list[str]):
    present = [{"name": code, "label": {"vi": f"Nhãn {code}"}} for code in codes]
    text = "\n".join(f"Nhãn {code}" for code in codes)

    assert [code for code, *_ in told(text, present=present)] == codes


def test_ten_thousand_equal_labels_are_read_at_once():
    codes = [code for code, *_ in told("Xã\n" * 10_000)]

    assert (len(set(codes)), codes[-1]) == (10_000, "xa_10000")
