"""On which side figures, headings and texts stand."""

from datetime import date

from exporters.book import Cell, Formula, Look, Side, sided

LEFT, RIGHT = Side.PLAIN, Side.RIGHT


def sides(*rows):
    return [[side for _cell, side in row] for row in sided(rows)]


def test_headings_of_figures_stand_above_them():
    head = [Cell("Agency", Look.HEAD), Cell("Score", Look.HEAD)]

    assert sides(head, [Cell("A"), Cell(1.5, Look.DECIMAL)]) == [[LEFT, RIGHT], [LEFT, RIGHT]]


def test_a_reason_in_place_of_a_figure_stands_where_the_figure_would():
    reason = Cell(Formula("A1", "NO_DATA"), Look.DECIMAL)

    assert sides([reason, Cell("NO_DATA", Look.INTEGER)]) == [[RIGHT, RIGHT]]


def test_a_heading_follows_what_most_cells_below_it_are():
    head, told, day = Cell("Fact", Look.HEAD), Cell("text"), Cell(date(2026, 1, 2), Look.DATE)

    assert sides([head], [told], [day], [told]) == [[LEFT], [LEFT], [RIGHT], [LEFT]]


def test_a_heading_below_ends_what_a_heading_stands_for():
    head, figure, told = Cell("x", Look.HEAD), Cell(1, Look.INTEGER), Cell("text")

    assert sides([head], [told], [head], [figure], [figure])[0] == [LEFT]


def test_a_text_behind_a_figure_keeps_away_from_it():
    (row,) = sided([[Cell(1, Look.INTEGER), Cell("text"), Cell("more")]])

    assert [cell.indent for cell, _side in row] == [0, 1, 0]


def test_the_large_figure_of_a_card_stands_at_its_caption():
    assert sides([Cell(86.0, Look.FIGURE)]) == [[LEFT]]
