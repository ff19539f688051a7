"""A table or a repeat as the table editor shows it: columns and rows as a spreadsheet's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise

from surveys.definitions.editing import ROOT, Sort, Tree
from surveys.engine import Kind, Totals, text_in
from surveys.questionnaires.drafting.closing import ClosedCells, read_closed
from surveys.questionnaires.drafting.holders import HOLDING, Holder
from surveys.questionnaires.drafting.table_checks import read_range
from surveys.questionnaires.drafting.table_pasting import PASTED_KINDS
from surveys.questionnaires.outline import KINDS, TOTALS

Data = dict[str, Any]

CELLS_SHOWN: Final = 800
"""At once; the rows of a larger table are shown one page after the other."""
ROWS_SHOWN: Final = 100
PLAIN: Final = frozenset({"", "yes", "true()"})


@dataclass(frozen=True, slots=True)
class Said:
    """A text in a language."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column. ``rule`` is its constraint where that is no range of numbers, ``wanted`` the
    expression by which it is required where that is no plain yes.
    """

    uid: str
    letter: str
    name: str
    called: str
    labels: tuple[Said, ...]
    unit: Said
    kind: str
    kinds: tuple[tuple[str, Promise], ...]
    required: str
    wanted: str
    is_number: bool
    least: str
    most: str
    rule: str
    sums: bool


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row. ``cells`` says of each column whether the cell is greyed."""

    uid: str
    number: int
    code: str
    called: str
    labels: tuple[Said, ...]
    cells: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table or a repeat. ``closed`` is the expression that greys cells where it cannot be shown."""

    uid: str
    name: str
    label: str
    is_table: bool
    languages: tuple[str, ...]
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    first: int
    page: int
    count: int
    closed: str
    totals: str
    totals_choices: tuple[tuple[str, Promise | str], ...]
    sharers: tuple[str, ...]
    repeat_count: str

    @property
    def last(self) -> int:
        """The number of the last row that is shown."""
        return self.first + len(self.rows)

    @property
    def has_more(self) -> bool:
        """Whether there are rows behind the shown ones."""
        return self.last < self.count

    @property
    def before(self) -> int:
        """Where the page before begins."""
        return max(0, self.first - self.page)

    @property
    def head_span(self) -> int:
        """How many columns stand before the table's own: number, code, a label a language."""
        return 2 + len(self.languages) if self.is_table else 1

    @property
    def has_row_totals(self) -> bool:
        """Whether rows end in a sum."""
        return self.totals in {Totals.ROWS, Totals.BOTH}

    @property
    def has_column_totals(self) -> bool:
        """Whether columns end in a sum."""
        return self.totals in {Totals.COLUMNS, Totals.BOTH}


def holder_uid(tree: Tree, uid: str) -> str:
    """The table or repeat that a node is or belongs to, as a column, a row or a list of rows; "" if none."""
    if uid not in tree or uid == ROOT:
        return ""
    for each in (uid, tree.place(uid).parent):
        if tree.sort(each) in HOLDING:
            return each
        if tree.sort(each) is Sort.LIST:
            name = tree.node(each)["name"]
            return next((u for u in tree.uids() if tree.sort(u) is Sort.TABLE and tree.node(u)["row_list"] == name), "")  # fmt: skip
    return ""


def sheet_of(tree: Tree, uid: str, language: str, *, first: int = 0) -> Sheet:
    """The table or repeat with that uid, its rows from index ``first``."""
    return _Drawer(Holder(tree, uid), language).sheet(first)


class _Drawer:
    def __init__(self, holder: Holder, language: str) -> None:
        self.holder, self.language = holder, language
        document = holder.tree.document
        self.fallback = holder.language
        languages = document.get("languages") or [self.fallback]
        self.languages = tuple(sorted(languages, key=lambda each: each != self.fallback))

    def sheet(self, first: int) -> Sheet:
        holder, node = self.holder, self.holder.node
        text = str(node.get("closed", ""))
        closed = read_closed(text, holder.codes, holder.names)
        page = max(10, min(ROWS_SHOWN, CELLS_SHOWN // max(1, len(holder.columns))))
        first = first if 0 <= first < len(holder.rows) else 0
        shown = holder.rows[first : first + page]
        return Sheet(
            uid=holder.uid,
            name=str(node["name"]),
            label=self.called(node),
            is_table=holder.is_table,
            languages=self.languages,
            columns=tuple(self.columns()),
            rows=tuple(self.row(n, row, closed) for n, row in enumerate(shown, start=first + 1)),
            first=first,
            page=page,
            count=len(holder.rows),
            closed=text if closed is None else "",
            totals=str(node.get("totals", Totals.NONE)),
            totals_choices=tuple((str(each), TOTALS.get(each, "")) for each in Totals),
            sharers=tuple(self.called(each) for each in holder.sharers),
            repeat_count=str(node.get("repeat_count", "")),
        )

    def columns(self) -> Iterator[SheetColumn]:
        for place, node in enumerate(self.holder.columns):
            kind = Kind(node["kind"])
            kinds = PASTED_KINDS if kind in PASTED_KINDS else (kind, *PASTED_KINDS)
            required = str(node.get("required", ""))
            allowed = read_range(str(node.get("constraint", "")))
            yield SheetColumn(
                uid=str(node["uid"]),
                letter=letter_of(place),
                name=str(node["name"]),
                called=self.called(node),
                labels=self.labels(node),
                unit=Said(self.fallback, node.get("unit", {}).get(self.fallback, "")),
                kind=kind.value,
                kinds=tuple((each.value, KINDS[each]) for each in kinds),
                required=required if required in PLAIN else "",
                wanted="" if required in PLAIN else required,
                is_number=kind in {Kind.INTEGER, Kind.DECIMAL},
                least=allowed[0] if allowed else "",
                most=allowed[1] if allowed else "",
                rule=str(node["constraint"]) if allowed is None else "",
                sums=kind in {Kind.INTEGER, Kind.DECIMAL, Kind.CALCULATE},
            )

    def row(self, number: int, node: Data, closed: ClosedCells | None) -> SheetRow:
        code = str(node["name"])
        greyed = closed or frozenset()
        return SheetRow(
            uid=str(node["uid"]),
            number=number,
            code=code,
            called=self.called(node),
            labels=self.labels(node),
            cells=tuple((code, name) in greyed for name in self.holder.names),
        )

    def labels(self, node: Mapping[str, Any]) -> tuple[Said, ...]:
        texts = node.get("label", {})
        return tuple(Said(each, texts.get(each, "")) for each in self.languages)

    def called(self, node: Mapping[str, Any]) -> str:
        return text_in(node.get("label", {}), self.language, self.fallback) or str(node["name"])


def letter_of(place: int) -> str:
    """A, B, … Z, AA, as spreadsheets call their columns."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
