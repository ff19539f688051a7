"""How tables fit on paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.documents.table_layout import ACROSS, UPRIGHT, layout_of
from tests.surveys.documents.response_samples import table


def test_a_small_table_stands_upright_in_large_letters():
    layout = layout_of(table(4, 3))

    assert (layout.is_across, layout.size, len(layout.blocks)) == (False, 11.0, 1)


def test_a_table_of_twelve_columns_lies_across_in_one_piece():
    layout = layout_of(table(12, 20))

    assert (layout.is_across, len(layout.blocks)) == (True, 1)
    assert layout.size >= 8


def test_a_table_of_twenty_columns_is_parted_evenly():
    layout = layout_of(table(20, 12))

    assert layout.size == 9
    assert [len(block.columns) for block in layout.blocks] == [11, 9]


@given(st.integers(1, 60), st.integers(0, 5))
def test_every_column_stands_once_and_every_block_fits(columns, rows):
    layout = layout_of(table(columns, rows))
    room = ACROSS if layout.is_across else UPRIGHT

    assert [place for block in layout.blocks for place in block.columns] == list(range(columns))
    assert all(block.label + sum(block.widths) <= room for block in layout.blocks)


@pytest.mark.parametrize("columns", [1, 60])
def test_no_column_is_narrower_than_a_figure(columns):
    assert (
        min(width for block in layout_of(table(columns, 2)).blocks for width in block.widths) >= 9
    )
