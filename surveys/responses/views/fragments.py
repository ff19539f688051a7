"""The parts of a section page that a save or a colleague's save changes."""

from collections.abc import Iterator
from dataclasses import dataclass

from surveys.rendering import (
    Block,
    GroupBlock,
    RepeatBlock,
    SectionPage,
    TableBlock,
    TableCell,
)


@dataclass(frozen=True, slots=True)
class TablePart:
    """The cells of a table to swap; its totals and findings always go with them."""

    table: TableBlock
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """What is to be swapped in."""

    blocks: tuple[Block, ...]
    tables: tuple[TablePart, ...]


def changed_parts(page: SectionPage, changed: frozenset[str]) -> Parts:
    """The smallest parts of the page that show all of ``changed``."""
    blocks: list[Block] = []
    tables: list[TablePart] = []
    for part in _parts(page.blocks, changed):
        if isinstance(part, TablePart):
            tables.append(part)
        else:
            blocks.append(part)
    return Parts(tuple(blocks), tuple(tables))


def _parts(blocks: tuple[Block, ...], changed: frozenset[str]) -> Iterator[Block | TablePart]:
    for block in blocks:
        if block.path in changed:
            yield block
        elif isinstance(block, GroupBlock):
            parts = _parts(block.blocks, changed)
            # Fields share the group's mark and facts, so the group goes as a whole.
            yield from ([block] if any(parts) else ()) if block.is_fields else parts
        elif isinstance(block, RepeatBlock):
            for row in block.rows:
                yield from _parts(row.blocks, changed)
        elif isinstance(block, TableBlock) and any(
            path.startswith(f"{block.path}/") for path in changed
        ):
            cells = (cell for row in block.rows for cell in row.cells)
            yield TablePart(block, tuple(cell for cell in cells if cell.path in changed))
