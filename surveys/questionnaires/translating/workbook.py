"""Translations as a sheet of a workbook, and such a sheet read back.

A row is known by its key alone: uid, field and language. Beside it stand digests of what source and
target said when the sheet was made, so that what was changed in it is told from what was changed
here meanwhile. The key and the digests are in hidden columns.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from surveys.engine import Problem
from surveys.questionnaires.translating.grid import Pair
from surveys.questionnaires.translating.texts import Text
from surveys.questionnaires.translating.words import what_of
from surveys.xlsform.cells import address
from surveys.xlsform.headers import language_code
from surveys.xlsform.workbook import Sheet, open_workbook
from surveys.xlsform.writing import Layout, pack

SHEET: Final = "translations"
KEY: Final = "key"
SOURCE_DIGEST: Final = "source_was"
TARGET_DIGEST: Final = "target_was"
HIDDEN: Final = (KEY, SOURCE_DIGEST, TARGET_DIGEST)
DIGITS: Final = 16

_KEY: Final = re.compile(r"([0-9A-Za-z_-]+)\.([a-z_]+)\.([A-Za-z0-9-]+)")
_TARGET_COLUMN: Final = 7
_LAYOUT: Final = Layout(
    hidden_columns=frozenset({1, 2, 3}),
    open=frozenset({_TARGET_COLUMN}),
    filtered=True,
    widths={4: 28, 5: 22, 6: 60, 7: 60},
)


@dataclass(frozen=True, slots=True)
class Headings:
    """What the columns that people see are called; those of languages end with their code."""

    place: str
    what: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it came back. ``at`` is the cell of the translation, ``key_at`` that of the key.

    ``uid``, ``field`` and ``language`` are "" where the key is none.
    """

    at: str
    key_at: str
    uid: str
    field: str
    language: str
    source_was: str
    target_was: str
    target: str


@dataclass(frozen=True, slots=True)
class Returned:
    """The rows of a workbook, or what stands against reading it."""

    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()


def write(texts: Iterable[Text], pair: Pair, headings: Headings) -> bytes:
    """The texts as an .xlsx workbook in which the target can be typed into; texts stay texts."""
    head = [*HIDDEN, headings.place, headings.what, headings.source, headings.target]
    rows = [_written(text, pair) for text in texts]
    return pack([Sheet(SHEET, [head, *rows])], {SHEET: _LAYOUT})


def read(data: bytes, filename: str, languages: Iterable[str]) -> Returned:
    """The rows of a workbook that ``write`` made and a person filled in.

    ``languages`` are those that a column may be in. The file is read in a process of its own;
    whatever it is, the answer are rows or problems.
    """
    book = open_workbook(data, filename, wanted={SHEET})
    if book.problems:
        return Returned(problems=book.problems)
    sheet = next((each for each in book.sheets if each.name.strip().lower() == SHEET), None)
    if sheet is None or not sheet.rows:
        advice = "Export the translations and fill in the workbook that comes."
        return Returned(problems=(Problem("sheet_missing", SHEET, SHEET, advice),))
    return _read(sheet, languages)


def digest(text: str) -> str:
    """What a text is recognised by: the same for those that a spreadsheet program may make of it."""
    return sha256(_plain(text).encode()).hexdigest()[:DIGITS]


def is_same(one: str, other: str) -> bool:
    """Whether two texts differ in nothing that a spreadsheet program would keep."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _written(text: Text, pair: Pair) -> list[str]:
    source, target = text.in_language(pair.source), text.in_language(pair.target)
    return [
        f"{text.key}.{pair.target}",
        digest(source),
        digest(target),
        " · ".join(filter(None, (text.number, text.name))),
        str(what_of(text)),
        source,
        target,
    ]


def _read(sheet: Sheet, languages: Iterable[str]) -> Returned:
    head = [text.strip() for text in sheet.rows[0]]
    columns: dict[str, int] = {name: head.index(name) for name in HIDDEN if name in head}
    if problems := tuple(_unfit(head, columns)):
        return Returned(problems=problems)
    by_language = {
        language: index
        for language in languages
        for index in reversed(range(len(head)))
        if head[index] not in HIDDEN and language_code(head[index]) == language.lower()
    }
    lines = (
        _line(row, number, columns, by_language) for number, row in enumerate(sheet.rows[1:], 2)
    )
    return Returned(tuple(line for line in lines if line is not None))


def _unfit(head: Sequence[str], columns: dict[str, int]) -> Iterator[Problem]:
    for name in HIDDEN:
        if name not in columns:
            advice = "Fill in the workbook as it was exported, with its hidden columns."
            yield Problem("column_missing", SHEET, name, advice)
        elif head.count(name) > 1:
            at = address(SHEET, 1, len(head) - 1 - list(reversed(head)).index(name))
            yield Problem("column_twice", at, name, "Delete one of the two columns.")


def _line(
    row: Sequence[str], number: int, columns: dict[str, int], by_language: dict[str, int]
) -> Line | None:
    def cell(index: int) -> str:
        return row[index] if index < len(row) else ""

    if not any(text.strip() for text in row):
        return None
    found = _KEY.fullmatch(cell(columns[KEY]).strip())
    uid, field, language = found.groups() if found else ("", "", "")
    column = by_language.get(language)
    return Line(
        at=address(SHEET, number, columns[KEY] if column is None else column),
        key_at=address(SHEET, number, columns[KEY]),
        uid=uid if column is not None else "",
        field=field,
        language=language,
        source_was=cell(columns[SOURCE_DIGEST]).strip(),
        target_was=cell(columns[TARGET_DIGEST]).strip(),
        target="" if column is None else cell(column),
    )
