"""Choice lists and lookup tables, with an index for every column that was asked for a value."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType

from surveys.engine.datatables import TableMalformed, columns_of, rows_of
from surveys.engine.expressions.values import number_of, text_or_blank
from surveys.engine.model import ChoiceList, DataTable

Index = Mapping[str | Decimal | None, tuple[int, ...]]


class LookupTable(ABC):
    """Rows of texts by column.

    Rows and indexes are made when they are first asked for and never change afterwards.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._texts: dict[str, Index] = {}
        self._numbers: dict[str, Index] = {}

    @property
    @abstractmethod
    def rows(self) -> tuple[Mapping[str, str], ...]:
        """Every row, in order."""

    @property
    @abstractmethod
    def columns(self) -> frozenset[str]:
        """The names of all columns."""

    @property
    def codes(self) -> frozenset[str]:
        """The codes that can be chosen; none where the table is no choice list."""
        return frozenset()

    def places(self, column: str, value: object) -> tuple[int, ...] | None:
        """Where the column equals a text, a number or blank, in order; None for other values."""
        if value is None or isinstance(value, str):
            return self.by_text(column).get(value, ())
        if isinstance(value, Decimal):
            return self.by_number(column).get(value, ())
        return None

    def by_text(self, column: str) -> Index:
        """Places by the text of a column; blank is None."""
        known = self._texts.get(column)
        if known is None:
            texts = [text_or_blank(row.get(column, "")) for row in self.rows]
            known = self._texts[column] = _indexed(texts)
        return known

    def by_number(self, column: str) -> Index:
        """Places by what a column's texts are as numbers; None where they are none."""
        known = self._numbers.get(column)
        if known is None:
            numbers = [number_of(text_or_blank(row.get(column, ""))) for row in self.rows]
            known = self._numbers[column] = _indexed(numbers)
        return known


class ListTable(LookupTable):
    """The entries of a choice list: its own columns, ``name``, ``label`` and ``score``."""

    def __init__(self, choices: ChoiceList, language: str) -> None:
        super().__init__(choices.name)
        self.choices = choices.choices
        self.language = language

    @cached_property
    def rows(self) -> tuple[Mapping[str, str], ...]:
        """Every entry, in the order of the list."""
        language = self.language
        return tuple(
            MappingProxyType(
                {
                    **choice.extra,
                    "name": choice.name,
                    "label": choice.label.get(language, ""),
                    "score": choice.score,
                }
            )
            for choice in self.choices
        )

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of all entries."""
        return frozenset(choice.name for choice in self.choices)

    @cached_property
    def columns(self) -> frozenset[str]:
        """The names of all columns."""
        return frozenset({"name", "label", "score"}).union(*(each.extra for each in self.choices))


class DataRows(LookupTable):
    """The rows of a table that is attached to the questionnaire; none where it is malformed."""

    def __init__(self, table: DataTable) -> None:
        super().__init__(table.name)
        self.table = table

    @cached_property
    def rows(self) -> tuple[Mapping[str, str], ...]:
        """Every row, in order."""
        try:
            names, rows = columns_of(self.table), rows_of(self.table)
        except TableMalformed:
            return ()  # said once, as a problem of the definition
        return tuple(MappingProxyType(dict(zip(names, row, strict=True))) for row in rows)

    @cached_property
    def columns(self) -> frozenset[str]:
        """The names of all columns."""
        try:
            return frozenset(columns_of(self.table))
        except TableMalformed:
            return frozenset()


def _indexed(keys: list[str | None] | list[Decimal | None]) -> Index:
    found: dict[str | Decimal | None, list[int]] = {}
    for place, key in enumerate(keys):
        found.setdefault(key, []).append(place)
    return {key: tuple(places) for key, places in found.items()}
