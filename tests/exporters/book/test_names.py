"""Defined names that every program takes."""

import pytest

from exporters.book import Area, BadName, Name, name_of

PLACE = Area.cell("S", 1, 1)


@pytest.mark.parametrize(
    "name", ["A1", "xfd1048576", "R1C1", "r", "C", "1st", "a b", "điểm", "", "x" * 256]
)
def test_a_name_that_a_program_would_refuse_or_read_as_a_cell_is_refused(name):
    with pytest.raises(BadName):
        Name(name, PLACE)


@pytest.mark.parametrize("name", ["w_A1", "units", "_1.2", "Rate", "ABCD1"])
def test_other_names_are_taken(name):
    assert Name(name, PLACE).name == name


@pytest.mark.parametrize(
    ("text", "before", "name"),
    [
        ("1.2 Hạ tầng số", "w_", "w_1.2_Ha_tang_so"),
        ("Đô thị", "", "Do_thi"),
        ("A1", "", "_A1"),
        ("1", "", "_1"),
    ],
)
def test_a_name_is_made_of_a_text(text, before, name):
    assert Name(name_of(text, before=before), PLACE).name == name
