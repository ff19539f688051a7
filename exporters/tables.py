"""A data table as plain data: what the data formats write, without a file library.

The rows come as Arrow record batches, so that a table of any size passes through a writer in pieces.
Nothing here imports Arrow before it is called, because pages may describe columns too.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pyarrow as pa

MARKS: Final = ":missing"

Progress = Callable[[int, int, str], None]
"""``(done, total, message)``; raises where the work is to stop."""


class ColumnKind(StrEnum):
    """What stands in a column, which decides its Arrow type (``schema_of``)."""

    NUMBER = "number"
    INTEGER = "integer"
    TEXT = "text"
    DATE = "date"
    MOMENT = "moment"
    CATEGORY = "category"
    FLAG = "flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column by the name that it has in every format that can hold it.

    ``labels`` says what the codes of a category mean, in the order in which they are offered.
    ``missing`` says which codes can stand instead of a value (``marks_of``), and what they mean.
    """

    name: str
    kind: ColumnKind
    label: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    decimals: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTable:
    """A table whose rows can be read more than once.

    Each call of ``batches`` begins anew and gives the same ``rows`` rows in the same order, in batches
    of ``schema_of(table)`` (text as ``string`` or as a dictionary of it). Raises ValueError when two
    fields have one name.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    batches: Callable[[], "Iterator[pa.RecordBatch]"]
    rows: int

    def __post_init__(self) -> None:
        """Hold every field's name against the others: formats find fields by their names."""
        names = fields_of(self.columns)
        if len(set(names)) < len(names):
            twice = sorted({name for name in names if names.count(name) > 1})
            raise ValueError(f"{self.name}: more than one field is named {', '.join(twice)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenColumn:
    """How a column stands in a file, for the codebook.

    ``name`` differs from the ``column``'s own where the format does not allow it. ``codes`` and
    ``missing`` say what stands in the file for each code; they are empty where it is the code itself.
    ``shortened`` names what was cut because the format's room is limited ("label", "labels", "text");
    the whole of it is in the codebook.
    """

    column: str
    name: str
    codes: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    shortened: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTable:
    """A table that was written. ``places`` are the files or sheets it stands in, in order."""

    table: str
    places: tuple[str, ...]
    rows: int
    columns: tuple[WrittenColumn, ...]


def marks_of(name: str) -> str:
    """The field that holds, where the column ``name`` has no value, the code that says why (or null)."""
    return f"{name}{MARKS}"


def fields_of(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """The fields of a table's batches, in order: a column with missing codes is followed by its marks."""
    names: list[str] = []
    for column in columns:
        names.append(column.name)
        if column.missing:
            names.append(marks_of(column.name))
    return tuple(names)


def schema_of(columns: tuple[Column, ...]) -> "pa.Schema":
    """The Arrow schema of a table's batches: text, categories and marks as dictionaries."""
    import pyarrow as pa

    texts = pa.dictionary(pa.int32(), pa.string())
    types: dict[ColumnKind, pa.DataType] = {
        ColumnKind.NUMBER: pa.float64(),
        ColumnKind.INTEGER: pa.int64(),
        ColumnKind.TEXT: texts,
        ColumnKind.DATE: pa.date32(),
        ColumnKind.MOMENT: pa.timestamp("us", "UTC"),
        ColumnKind.CATEGORY: texts,
        ColumnKind.FLAG: pa.bool_(),
    }
    fields: list[pa.Field[pa.DataType]] = []
    for column in columns:
        fields.append(pa.field(column.name, types[column.kind]))
        if column.missing:
            fields.append(pa.field(marks_of(column.name), texts))
    return pa.schema(fields)
