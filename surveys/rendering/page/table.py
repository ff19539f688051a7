"""A table as a grid."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from surveys.rendering.page.control import Control, ControlKind, FindingLine, html_id

_LOOKS: Final = {"bad": "cell cell--bad", "warn": "cell cell--warn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """One cell of a grid; ``control`` is ``None`` where the cell is closed."""

    path: str
    column: str
    control: Control | None
    grade: str = ""
    mark: str = ""

    @property
    def id(self) -> str:
        """The cell's id."""
        return f"q-{html_id(self.path)}"

    @property
    def look(self) -> str:
        """Its classes: what is wrong comes before what is missing, and that before a proposal."""
        control = self.control
        if self.grade in _LOOKS:
            return _LOOKS[self.grade]
        if control is not None and control.missing:
            return "cell cell--missing"
        return "cell cell--carry" if control is not None and control.proposal else "cell"

    @property
    def is_marked(self) -> bool:
        """Whether anything stands beside its answer."""
        control = self.control
        said = control is not None and (control.proposal or control.can_unlock)
        return bool(self.grade or self.mark or said)

    @property
    def takes_zero(self) -> bool:
        """Whether 0 may be filled in with the other blanks: a figure that nobody has proposed."""
        control = self.control
        if control is None or not control.is_watched or control.kind is not ControlKind.NUMBER:
            return False
        return not control.proposal

    @property
    def is_blank_number(self) -> bool:
        """Whether nothing stands where 0 could be filled in, no missing code either."""
        control = self.control
        return self.takes_zero and control is not None and not (control.text or control.missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A total as it stands, blank while it cannot be told."""

    id: str
    label: str
    column: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A fixed row of a table."""

    code: str
    label: str
    cells: tuple[TableCell, ...]
    total: Sum | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column's head; ``codes`` are the missing codes that it takes, with spaces between them."""

    name: str
    label: str
    unit: str
    numeric: bool
    guidance: str = ""
    hint: str = ""
    codes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock:
    """A grid with its totals and findings.

    ``unsaved`` says of which cells the content is not stored, and why;
    ``proposals`` counts the cells for which the last round proposes an answer.
    ``scale`` names the steps where each row is answered on one and the same scale.
    """

    path: str
    number: str
    label: str
    hint: str
    unit: str = ""
    answered_by: str = ""
    columns: tuple[Column, ...] = ()
    scale: tuple[str, ...] = ()
    rows: tuple[TableRow, ...] = ()
    sums: tuple[Sum | None, ...] = ()
    row_totals: bool = False
    grand: Sum | None = None
    findings: tuple[FindingLine, ...] = ()
    unsaved: tuple[FindingLine, ...] = ()
    proposals: int = 0
    hidden: bool = False
    is_partial: bool = False

    @property
    def template(self) -> str:
        """The template that draws it."""
        return "rendering/scale.html" if self.scale else "rendering/table.html"

    @property
    def id(self) -> str:
        """The block's id."""
        return f"q-{html_id(self.path)}"

    @property
    def cells(self) -> Iterator[TableCell]:
        """Every cell that is drawn."""
        return (cell for row in self.rows for cell in row.cells)

    @property
    def has_inputs(self) -> bool:
        """Whether a person can enter something in one of its cells."""
        return any(cell.control is not None and cell.control.is_watched for cell in self.cells)

    @property
    def takes_codes(self) -> bool:
        """Whether a missing code can stand in one of its cells."""
        return any(column.codes for column in self.columns)

    @property
    def blank_numbers(self) -> int:
        """How many open cells for figures are blank."""
        return sum(cell.is_blank_number for cell in self.cells)

    @property
    def has_foot(self) -> bool:
        """Whether column totals are shown."""
        return bool(self.sums)

    def totals(self) -> Iterator[Sum]:
        """Every total of the table."""
        yield from (row.total for row in self.rows if row.total)
        yield from (total for total in self.sums if total)
        if self.grand:
            yield self.grand
