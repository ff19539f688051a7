"""The table builder as plain data: what can be chosen, what was, and the table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from analytics.explorer.asking import Dimension, Filter, Problem, Scope
from analytics.explorer.enums import ItemKind
from analytics.explorer.models import Tabulation
from analytics.explorer.queries import QUESTION
from analytics.gate.enums import Refusal
from analytics.releases.models import Release
from exporters.files import FORMATS
from exporters.portal.enums import Measure
from exporters.portal.tabling.calling import Call, call_of
from exporters.portal.tabling.figures import Figure
from exporters.portal.tabling.grid import Block, Grid, GridCell, measured
from exporters.portal.tabling.provenance import title_of
from exporters.portal.tabling.wanted import Reading, Wanted
from surveys.templatetags.ks import text_in, vn_number

EN_DASH: Final = "\N{EN DASH}"
KEPT: Final = ("xlsx", "csv", "json", "jsonl", "parquet", "sav", "dta")
"""The formats that a table can be taken along in."""
PLACES: Final[Mapping[str, Promise]] = {
    "rows": gettext_lazy("Rows"),
    "cols": pgettext_lazy("of a table", "Columns"),
    "layer": gettext_lazy("A table for each of"),
    "in": gettext_lazy("Filters"),
    "m": gettext_lazy("Cells say"),
    "of": gettext_lazy("Number, for mean and sum"),
}
"""What the controls are called, by the parameters of the address."""


@dataclass(frozen=True, slots=True)
class Group:
    """Options of a list under one heading."""

    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What stands in the way of a table: in which control, what was given, why not."""

    place: str
    given: str
    why: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force; its address leaves it out."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as text; ``n`` is told below it where cells rest on different agencies."""

    text: str
    is_hidden: bool
    n: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as text."""

    label: str
    cells: tuple[ShownCell, ...]
    is_total: bool


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """Rows under a heading."""

    title: str
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True)
class TablePage:
    """The builder over one publication. ``grid`` is None while nothing is asked, computed or shown."""

    release: Release
    reading: Reading
    scope: Scope
    tabulation: Tabulation | None = None
    grid: Grid | None = None
    has_failed: bool = False
    sees_everything: bool = False

    @property
    def address(self) -> str:
        """The builder's own."""
        return reverse("data_table", args=[self.release.round.code, self.release.number])

    @property
    def wanted(self) -> Wanted:
        """What stands in the controls."""
        return self.reading.given

    @property
    def query(self) -> str:
        """What leads to this very table."""
        return self.wanted.query()

    @property
    def call(self) -> Call | None:
        """How a program gets the table; None where none is asked."""
        return call_of(self.reading.wanted, self.release) if self.reading.wanted else None

    @property
    def refusal(self) -> str:
        """Why the gate has refused the table; "" where it has not."""
        result = self.tabulation.result if self.tabulation else None
        why = (result or {}).get("refusal")
        return str(Refusal(why).label) if why else ""

    @property
    def title(self) -> str:
        """What the table is of, in words."""
        return title_of(self.reading.wanted, self.scope) if self.reading.wanted else ""

    @property
    def measure(self) -> str:
        """What the cells say."""
        return measured(self.wanted, self.scope)

    @property
    def problems(self) -> list[Told]:
        """What of the address cannot be followed, in the words of the controls."""
        return [
            Told(
                str(PLACES.get(each.parameter, each.parameter)), self._words(each), str(each.reason)
            )
            for each in self.reading.problems
        ]

    @property
    def rows_first(self) -> str:
        """The outer rows, or the only ones."""
        return self.wanted.rows[0] if self.wanted.rows else ""

    @property
    def rows_second(self) -> str:
        """The inner rows, where there are two."""
        return self.wanted.rows[1] if len(self.wanted.rows) > 1 else ""

    @property
    def dimensions(self) -> list[Group]:
        """What can stand in rows, columns and layers."""
        return list(_grouped(self.scope, self._offered()))

    @property
    def numbers(self) -> list[Group]:
        """The questions whose mean or sum can be shown."""
        found: dict[str, list[tuple[str, str]]] = {}
        for name, item in self.scope.items.items():
            if item.kind is ItemKind.NUMBER:
                section = _section(self.scope, name)
                found.setdefault(section, []).append((name, self._number(name)))
        return [Group(label, tuple(options)) for label, options in found.items()]

    @property
    def measures(self) -> list[tuple[str, str]]:
        """What cells can say."""
        return [(each.value, str(each.label)) for each in Measure]

    @property
    def filters(self) -> list[Chip]:
        """The filters in force, one for each value."""
        return [
            Chip(self._told(each, value), f"{self.address}?{self._leaving_out(each, value)}")
            for each in self.wanted.filters
            for value in each.values
        ]

    @property
    def kept_filters(self) -> list[str]:
        """The filters in force, as the form sends them along."""
        return [f"{f.dimension}:{value}" for f in self.wanted.filters for value in f.values]

    @property
    def more_filters(self) -> list[Group]:
        """What can be filtered by still."""
        taken = set(self.kept_filters)
        return [
            Group(
                each.label,
                tuple(
                    (f"{each.code}:{value}", word)
                    for value, word in each.values
                    if f"{each.code}:{value}" not in taken
                ),
            )
            for each in self._offered()
        ]

    @property
    def formats(self) -> tuple[tuple[str, str], ...]:
        """In which the table can be taken along, each by its name and what people call it."""
        return tuple((each, FORMATS[each].label) for each in KEPT)

    @property
    def is_empty(self) -> bool:
        """Whether the filters let nobody through, so that there is no row."""
        return self.grid is not None and not self.grid.blocks

    @property
    def heads(self) -> list[str]:
        """The heads of the columns after the labels of the rows."""
        assert self.grid is not None, "only a table has heads"
        return [*self.grid.columns, *(["n"] if self.grid.shows_n else [])]

    @property
    def blocks(self) -> list[ShownBlock]:
        """The table as text."""
        assert self.grid is not None, "only a table has rows"
        return [_shown(block, self.grid) for block in self.grid.blocks]

    @property
    def base(self) -> str:
        """How many agencies the filters let through, as it may be told."""
        result = self.tabulation.result if self.tabulation else None
        signed = (result or {}).get("units", {}).get("signed")
        return "" if signed is None else vn_number(signed)

    def _offered(self) -> Iterator[Dimension]:
        """What divides agencies at all, and what was chosen nevertheless."""
        for dimension in self.scope.dimensions.values():
            if len(dimension.values) > 1 or dimension.code in self.wanted.axes:
                yield dimension

    def _words(self, problem: Problem) -> str:
        """What was given, with dimensions by their labels."""
        known = self.scope.dimensions
        codes = problem.value.split(", ")
        return "; ".join(known[code].label if code in known else code for code in codes)

    def _number(self, name: str) -> str:
        return self.scope.items[name].title(get_language() or "vi")

    def _told(self, given: Filter, value: str) -> str:
        dimension = self.scope.dimensions[given.dimension]
        return f"{dimension.label}: {dimension.words[value]}"

    def _leaving_out(self, given: Filter, value: str) -> str:
        left = tuple(each for each in given.values if each != value)
        filters = tuple(
            replace(each, values=left) if each is given else each
            for each in self.wanted.filters
            if each is not given or left
        )
        return self.wanted.query(filters=filters)


def _grouped(scope: Scope, dimensions: Iterator[Dimension]) -> Iterator[Group]:
    """Properties of units first, then the questions by section."""
    found: dict[str, list[tuple[str, str]]] = {_("Properties of units"): []}
    for each in dimensions:
        if each.code.startswith(QUESTION):
            section = _section(scope, each.code.removeprefix(QUESTION))
        else:
            section = _("Properties of units")
        found.setdefault(section, []).append((each.code, each.label))
    for label, options in found.items():
        if options:
            yield Group(label, tuple(options))


def _section(scope: Scope, name: str) -> str:
    return text_in(scope.items[name].section) or _("Questions")


def _shown(block: Block, grid: Grid) -> ShownBlock:
    return ShownBlock(
        block.title,
        tuple(
            ShownRow(
                row.label,
                (
                    *(_cell(cell, grid) for cell in row.cells),
                    *((_count(row.n),) if grid.shows_n else ()),
                ),
                row.is_total,
            )
            for row in block.rows
        ),
    )


def _cell(cell: GridCell, grid: Grid) -> ShownCell:
    told = ""
    if grid.is_of_numbers and not grid.shows_n and not cell.n.is_hidden:
        told = vn_number(cell.n.value)
    return replace(_text(cell.value, _digits(grid)), n=told)


def _digits(grid: Grid) -> int | None:
    if grid.is_share:
        return 1
    return 2 if grid.is_of_numbers else None


def _count(figure: Figure) -> ShownCell:
    return _text(figure, None)


def _text(figure: Figure, digits: int | None) -> ShownCell:
    if figure.is_hidden:
        return ShownCell(_("not shown"), is_hidden=True)
    if figure.value is None:
        return ShownCell(EN_DASH, is_hidden=False)
    value = figure.value if digits is not None else round(figure.value)
    return ShownCell(vn_number(value, digits), is_hidden=False)
