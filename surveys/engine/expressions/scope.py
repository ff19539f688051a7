"""What a compiled expression reads while it runs."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Protocol

from surveys.engine.expressions.types import Value


class Reader(Protocol):
    """The answers, as expressions see them: not relevant, missing and unreadable are blank."""

    @property
    def today(self) -> date:
        """The caller's day."""
        ...

    @property
    def now(self) -> datetime:
        """The caller's moment, in local civil time."""
        ...

    @property
    def language(self) -> str:
        """The reader's language."""
        ...

    def read(self, name: str, row: str | None) -> Value:
        """One answer."""
        ...

    def read_open(self, name: str, row: str | None) -> Value:
        """One cell of a table, as if it were not closed."""
        ...

    def read_all(self, name: str) -> tuple[Value, ...]:
        """The answers of every active row."""
        ...

    def row_ids(self, owner: str) -> tuple[str, ...]:
        """The active rows of a repeat or table."""
        ...

    def previous(self, name: str, row: str | None) -> Value:
        """The answer of the round before."""
        ...

    def missing_code(self, name: str, row: str | None) -> str | None:
        """Why there is no figure."""
        ...


class Scope:
    """Where one evaluation stands: its row, what ``.`` is, and the list entry being filtered."""

    __slots__ = ("dot", "item", "reader", "row")

    def __init__(
        self,
        reader: Reader,
        row: str | None = None,
        dot: Value = None,
        item: Mapping[str, str] | None = None,
    ) -> None:
        self.reader = reader
        self.row = row
        self.dot = dot
        self.item = item


Run = Callable[[Scope], Value]
"""A compiled expression that gives one value."""

RunMany = Callable[[Scope], tuple[Value, ...]]
"""A compiled expression that gives a sequence."""
