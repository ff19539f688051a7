"""Names of sheets: short enough, without signs that Excel refuses, each once."""

import pytest

from exporters.books.assessment.sheet_names import LONGEST_NAME, sheet_name


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("1. Hạ tầng số", "1. Hạ tầng số"),
        ("3. Nhân lực số và an toàn thông tin mạng", "3. Nhân lực số và an toàn…"),
        ("2. Kết quả, hiệu quả hoạt động, chi tiêu", "2. Kết quả, hiệu quả hoạt…"),
        ("x" * 40, "x" * 30 + "…"),
        ("a/b: [c]*?", "a b c"),
        ("'", "-"),
    ],
)
def test_a_name_is_cut_behind_a_word_and_says_so(wanted, name):
    assert sheet_name(wanted, set()) == name


def test_names_that_are_alike_are_numbered_and_stay_short_enough():
    taken: set[str] = set()
    names = [sheet_name(f"Chỉ số tổng hợp về phát triển bền vững {n}", taken) for n in range(3)]

    assert names == [
        "Chỉ số tổng hợp về phát triển…",
        "Chỉ số tổng hợp về phát… (2)",
        "Chỉ số tổng hợp về phát… (3)",
    ]
    assert max(map(len, names)) <= LONGEST_NAME


@pytest.mark.parametrize("length", range(25, 40))
def test_no_name_is_longer_than_excel_takes(length):
    assert len(sheet_name(("ab " * 20)[:length], {("ab " * 20)[:25].casefold()})) <= LONGEST_NAME
