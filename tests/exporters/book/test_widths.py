"""Columns are as wide as what stands in them."""

from datetime import date

from exporters.book import Cell, Formula, Look, fitted_widths


def test_a_column_is_as_wide_as_its_widest_text_and_two_more():
    assert fitted_widths([[Cell("0000000000")], [Cell("000000000000")]]) == (14,)


def test_figures_are_measured_as_they_are_shown():
    rows = [[Cell(Formula("1+1", 1234567.891), Look.DECIMAL), Cell(date(2026, 1, 2), Look.DATE)]]

    assert fitted_widths(rows, least=1) == (round(12 - 3 * 0.45) + 2, (10 - 2 * 0) + 2)


def test_headings_wrap_at_words():
    assert fitted_widths([[Cell("0000000000 0000000000", Look.HEAD)]]) == (13,)


def test_a_heading_leaves_room_for_the_arrow_of_its_filter():
    head = [[Cell("0000000000", Look.HEAD)]]

    assert fitted_widths(head, filtered=True)[0] - fitted_widths(head)[0] >= 2


def test_long_text_wraps_instead_of_widening():
    assert fitted_widths([[Cell("0" * 500)]], most=40) == (40,)


def test_titles_and_notes_flow_over_the_cells_beside_them():
    rows = [[Cell("0" * 60, Look.TITLE)], [Cell("0" * 60, Look.NOTE)], [Cell("x")]]

    assert fitted_widths(rows, least=5) == (5,)
