"""The published index as data: one row for each unit, with its score, rank, nodes and indicators.

For tasks: loads pyarrow. Only publications by name have it: everything in it tells of single units.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext, override

from analytics.definitions import IndexDefinition, NodeDefinition, read
from analytics.indices.cells import State
from analytics.indices.models import IndexRun, IndexRunUnit
from analytics.indices.words import STATES
from analytics.releases.models import Release
from exporters.formats.streamed_xlsx import Heads, XlsxOptions
from exporters.formats.streamed_xlsx import write_xlsx as write_rows
from exporters.order import Order, Progress
from exporters.portal.queries import ranked_units
from exporters.portal.tabling.writing import PACKED
from exporters.raw.writing.files import WORDS
from exporters.tables import Column, ColumnKind, DataTable, fields_of, marks_of, schema_of
from surveys.engine import text_in
from surveys.organisations.enums import AgencyType

NORMALISED: Final = "_scaled"
LEVEL: Final = "_level"
DECIMALS: Final = 2

Field = tuple[Column, list[Any]]
"""A column with what stands in it, row by row."""


def write_scores(order: Order, out: Path, progress: Progress) -> None:
    """What each unit got in the published index, in the ordered format, best first.

    Where the publication names no index, or its units are protected, no such file is asked for
    (``refuse_unnamed``).
    """
    release = order.subject_as(Release)
    with override(order.language):
        table = scores_table(release, order.language)
        title = table.title
    if order.format == "xlsx":
        words = WORDS[order.language]
        options = XlsxOptions(heads=Heads.BOTH, zone=settings.TIME_ZONE, words=words)
        write_rows([table], out, title=title, as_of=order.as_of, progress=progress, options=options)
        return
    write = import_string(PACKED[order.format])
    write([table], out, title=title, as_of=order.as_of, progress=progress)


def scores_table(release: Release, language: str) -> DataTable:
    """The units in the order of their ranks. Columns: who they are; the whole index; each node; each
    indicator with the value that was read and that on the index's scale."""
    run = release.run
    assert run is not None, release.pk
    definition = read(run.version.definition)
    units = ranked_units(release, with_parts=True)
    told = _Told(run, definition, units, language)
    fields = [*told.who(), *told.whole(), *told.nodes(), *told.indicators()]
    columns = tuple(column for column, _ in fields)
    return DataTable(
        name=f"{release.round.code}-{release.number}",
        title=gettext("%(index)s: scores of the units")
        % {"index": run.version.index.localised_name},
        columns=columns,
        batches=partial(_batches, fields),
        rows=len(units),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """A run, as far as its publication tells of it."""

    run: IndexRun
    definition: IndexDefinition
    units: Sequence[IndexRunUnit]
    language: str

    def who(self) -> Iterator[Field]:
        """Code, name and type of each unit, as of the round."""
        types = {str(value): str(label) for value, label in AgencyType.choices}
        used = {each.type for each in self.units}
        labels = {value: label for value, label in types.items() if value in used}
        yield self._field("unit_key", ColumnKind.TEXT, gettext("Code of the unit"), "key")
        yield self._field("unit", ColumnKind.TEXT, gettext("Unit"), "localised_name")
        kind = Column(
            name="unit_type",
            kind=ColumnKind.CATEGORY,
            label=gettext("Type of unit"),
            labels=labels,
        )
        yield kind, [each.type or None for each in self.units]

    def whole(self) -> Iterator[Field]:
        """Score, level and rank in the whole index, and how certain the rank is."""
        number, integer = ColumnKind.NUMBER, ColumnKind.INTEGER
        yield self._field("score", number, gettext("Score"), "score")
        if any(each.level is not None for each in self.units):
            yield self._field("level", integer, gettext("Level"), "level")
        yield self._field("rank", integer, gettext("Rank"), "rank")
        if any(each.rank_low is not None for each in self.units):
            yield self._field("rank_low", number, gettext("Rank, 5 % quantile"), "rank_low")
            yield self._field("rank_median", number, gettext("Rank, median"), "rank_median")
            yield self._field("rank_high", number, gettext("Rank, 95 % quantile"), "rank_high")

    def nodes(self) -> Iterator[Field]:
        """Score, and level where there are levels, in each node below the whole."""
        for node in self.definition.nodes():
            if node.code == self.definition.tree.code:
                continue
            got = [each.data["nodes"].get(node.code, {}) for each in self.units]
            name = self._named(node)
            yield (
                _number(node.code, gettext("%(node)s: score") % {"node": name}),
                [each.get("score") for each in got],
            )
            levels = [each.get("level") for each in got]
            if any(level is not None for level in levels):
                label = gettext("%(node)s: level") % {"node": name}
                yield (
                    Column(name=f"{node.code}{LEVEL}", kind=ColumnKind.INTEGER, label=label),
                    levels,
                )

    def indicators(self) -> Iterator[Field]:
        """The value that was read of each indicator, or the code of why there is none, and the value on
        the index's scale."""
        for indicator in self.definition.indicators:
            got = [each.data["leaves"].get(indicator.code, {}) for each in self.units]
            name = text_in(indicator.name, self.language) or indicator.code
            reasons = [_reason(each) for each in got]
            column = Column(
                name=indicator.code,
                kind=ColumnKind.NUMBER,
                label=name,
                unit=text_in(indicator.unit, self.language),
                missing={
                    str(state): str(STATES[state]) for state in State if str(state) in reasons
                },
            )
            yield (
                column,
                [reason or each.get("raw") for each, reason in zip(got, reasons, strict=True)],
            )
            label = gettext("%(indicator)s, on the scale of the index") % {"indicator": name}
            yield (
                _number(f"{indicator.code}{NORMALISED}", label),
                [each.get("normalised") for each in got],
            )

    def _named(self, node: NodeDefinition) -> str:
        return text_in(node.name, self.language) or node.code

    def _field(self, name: str, kind: ColumnKind, label: str, attribute: str) -> Field:
        decimals = DECIMALS if name == "score" else None
        column = Column(name=name, kind=kind, label=label, decimals=decimals)
        return column, [getattr(each, attribute) for each in self.units]


def _number(name: str, label: str) -> Column:
    return Column(name=name, kind=ColumnKind.NUMBER, label=label, decimals=DECIMALS)


def _reason(leaf: Mapping[str, Any]) -> str | None:
    """The state of a leaf that has no figure; None of one that has."""
    if isinstance(leaf.get("raw"), int | float):
        return None
    state = leaf.get("state")
    return str(state) if state in set(State) else State.BLANK.value


def _batches(fields: Sequence[Field]) -> Iterator[pa.RecordBatch]:
    """All rows at once: an index has as many as a state has agencies."""
    columns = tuple(column for column, _ in fields)
    schema = schema_of(columns)
    values: dict[str, list[Any]] = {}
    for column, given in fields:
        if not column.missing:
            values[column.name] = given
            continue
        values[column.name] = [None if isinstance(each, str) else each for each in given]
        values[marks_of(column.name)] = [each if isinstance(each, str) else None for each in given]
    arrays = [pa.array(values[name], schema.field(name).type) for name in fields_of(columns)]
    yield pa.RecordBatch.from_arrays(arrays, schema=schema)
