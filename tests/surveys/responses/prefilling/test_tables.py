"""A file becomes a table, or is refused in words."""

from contextlib import suppress

import pytest

from surveys.common.errors import DomainError
from surveys.limited import read_limited
from surveys.responses.prefilling.tables import MOST_CELLS, TableEmpty, TableTooLarge, read_table
from tests.hostile.build_corpus import corpus
from tests.hostile.case import Case
from tests.surveys.limited.functions import parent
from tests.surveys.responses.prefilling.sending import book

QUICK = [pytest.param(case, id=case.name) for case in corpus() if not case.slow]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_with_its_own_delimiter(delimiter):
    data = f"ma{delimiter}staff\nlao-cai{delimiter}3\n".encode("utf-8-sig")

    assert read_table(data, "a.csv").rows == [["ma", "staff"], ["lao-cai", "3"]]


def test_of_a_workbook_the_first_sheet_is_read():
    sheet = read_table(book(["ma", "staff"], ["lao-cai", "3"]), "a.xlsx")

    assert (sheet.name, sheet.rows) == ("So lieu", [["ma", "staff"], ["lao-cai", "3"]])


@pytest.mark.parametrize("data", [b"", b"ma,staff\n", b"ma\nlao-cai\n"])
def test_a_file_without_a_table_is_refused(data):
    with pytest.raises(TableEmpty):
        read_table(data, "a.csv")


def test_a_table_with_too_many_cells_is_refused():
    columns = MOST_CELLS // 100 + 1

    with pytest.raises(TableTooLarge):
        read_table(("," * (columns - 1) + "\n").encode() * 100, "a.csv")


@pytest.mark.parametrize("case", QUICK)
def test_a_hostile_file_gives_a_table_or_a_refusal_and_harms_nobody(case: Case):
    reader = read_limited(parent, b"")

    with suppress(DomainError):
        read_table(case.make(), case.filename)

    assert read_limited(parent, b"") == reader
