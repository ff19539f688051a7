"""Paths into an answers document, read in place and written by copy."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from surveys.engine.form import Form, Part
from surveys.engine.model import Repeat, Table
from surveys.engine.results import Document

ROW_ID = "_id"


class UnknownPath(KeyError):
    """A path that leads to no element of the form, or to a row that is not there."""


@dataclass(frozen=True, slots=True)
class Address:
    """A path taken apart: the element, and the row it is asked of."""

    part: Part
    row: str | None


def address(form: Form, path: str) -> Address:
    """The element and row of a path. Raises UnknownPath; rows are not looked up."""
    steps = path.split("/")
    name = steps[-1]
    part = form.parts.get(name)
    if part is None:
        raise UnknownPath(path)
    if len(steps) == 1 and not part.owner:
        return Address(part, None)
    if len(steps) == 3 and part.owner == steps[0] and steps[1]:
        return Address(part, steps[1])
    raise UnknownPath(path)


def path_of(part: Part, row: str | None) -> str:
    """The path of an element in a row."""
    return f"{part.owner}/{row}/{part.name}" if part.owner else part.name


def repeat_rows(answers: Mapping[str, Any], repeat: str) -> list[Document]:
    """The stored rows of a repeat, as they stand in the document."""
    rows = answers.get(repeat)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def table_rows(answers: Mapping[str, Any], table: str) -> dict[str, Document]:
    """The stored rows of a table by their code."""
    rows = answers.get(table)
    if not isinstance(rows, dict):
        return {}
    return {code: cells for code, cells in rows.items() if isinstance(cells, dict)}


def table_row(answers: Mapping[str, Any], table: str, row: str | None) -> Mapping[str, Any]:
    """The stored cells of a table's row."""
    rows = answers.get(table)
    cells = rows.get(row) if isinstance(rows, dict) else None
    return cells if isinstance(cells, dict) else {}


def with_member(document: Mapping[str, Any], key: str, value: object) -> Document:
    """A copy with one member set, or taken out when ``value`` is None or empty."""
    copy = dict(document)
    if value is None or value in ("", [], {}):
        copy.pop(key, None)
    else:
        copy[key] = value
    return copy


def with_answer(answers: Document, where: Address, value: object) -> Document:
    """A copy with one answer set. Rows of a repeat must exist; raises UnknownPath otherwise."""
    part, row = where.part, where.row
    if not part.owner:
        return with_member(answers, part.name, value)
    stored = answers.get(part.owner)
    if isinstance(stored, list):
        return {**answers, part.owner: _with_row_answer(stored, where, value)}
    assert row is not None
    cells = with_member(table_row(answers, part.owner, row), part.name, value)
    rows = with_member(stored if isinstance(stored, dict) else {}, row, cells)
    return with_member(answers, part.owner, rows)


def _with_row_answer(rows: list[Document], where: Address, value: object) -> list[Document]:
    copy = list(rows)
    for index, row in enumerate(copy):
        if row.get(ROW_ID) == where.row:
            copy[index] = with_member(row, where.part.name, value)
            return copy
    raise UnknownPath(path_of(where.part, where.row))


def is_repeat(part: Part) -> bool:
    """Whether the element is a repeat."""
    return isinstance(part.element, Repeat)


def is_table(part: Part) -> bool:
    """Whether the element is a table."""
    return isinstance(part.element, Table)
