"""Areas as formulas write them."""

import pytest

from exporters.book import Area, column_letter


@pytest.mark.parametrize(
    ("column", "letters"),
    [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")],
)
def test_columns_have_their_letters(column, letters):
    assert column_letter(column) == letters


def test_another_sheet_writes_an_area_absolute_with_the_quoted_name():
    assert Area("Bộ 'A'", 2, 1, 30, 28).absolute == "'Bộ ''A'''!$A$2:$AB$30"


def test_one_cell_has_no_colon():
    assert (Area.cell("S", 3, 2).absolute, Area.cell("S", 3, 2).local) == ("'S'!$B$3", "B3")
