"""The first row of a sheet: which column is which."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from surveys.engine.problems import Problem, Severity
from surveys.xlsform.cells import address, clean
from surveys.xlsform.vocabulary import XML_NAME, Header

MAX_EMPTY_COLUMNS: Final = 20

ColumnKey = tuple[str, str]
"""An attribute and the language of its text; the language is "" where the attribute has none."""

_CODE: Final = re.compile(r"\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*\)\s*$")
_BARE_CODE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_NAMED: Final = {"english": "en", "vietnamese": "vi", "tiếng việt": "vi", "tieng viet": "vi"}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a sheet by their index from 0; those that are not read are absent.

    A column in ``yielding`` is read where the other of the same key is empty.
    """

    keys: Mapping[int, ColumnKey]
    problems: tuple[Problem, ...] = ()
    yielding: frozenset[int] = frozenset()

    def languages(self) -> tuple[str, ...]:
        """The languages that occur, in the order of their columns."""
        return tuple(dict.fromkeys(language for _, language in self.keys.values() if language))


def language_code(name: str) -> str:
    """The code of a language as headers and settings name it: "Tiếng Việt (vi)" is "vi"."""
    if found := _CODE.search(name):
        return found.group(1).lower()
    lowered = name.strip().lower()
    return _NAMED.get(lowered, lowered)


def read_headers(
    sheet: str, row: int, texts: list[str], header: Header, default_language: str
) -> Columns:
    """Find the columns; a translated attribute without a language is in the default one.

    Columns far right, behind many empty ones, are not the form's.
    """
    found: dict[tuple[ColumnKey, bool], int] = {}
    problems: list[Problem] = []
    end = end_before_gap(texts, MAX_EMPTY_COLUMNS)
    for index, text in enumerate(map(clean, texts[:end])):
        at = address(sheet, row, index)
        key, problem = _column(text, at, header, default_language) if text else (None, None)
        if key and found.setdefault((key, _yields(text, key, header)), index) != index:
            advice = f"Two columns are called {_name(key)}; keep one of them."
            problem = Problem("column_twice", at, text, advice)
        problems += [problem] if problem else []
    beside = {
        index: key for (key, yields), index in found.items() if yields and (key, False) in found
    }
    problems += [_beside(address(sheet, row, i), texts[i].strip(), beside[i]) for i in beside]
    problems += _beyond(sheet, row, texts, end)
    keys = {index: key for (key, _), index in found.items()}
    return Columns(keys, tuple(problems), frozenset(beside))


def end_before_gap(texts: Sequence[str], gap: int) -> int:
    """Where what belongs together ends: before more than ``gap`` empty places, or with the last."""
    last = -1
    for index, text in enumerate(texts):
        if text and text.strip():
            if 0 <= last < index - gap - 1:
                return last + 1
            last = index
    return len(texts)


def _yields(text: str, key: ColumnKey, header: Header) -> bool:
    """Whether a header gives way to another of the same key: it names no language where one can
    be named, or it is an old name beside which the new one may stand.
    """
    whole = _normal(text)
    return whole in header.yielding or (bool(key[1]) and not _split(text, header)[1])


def _column(
    text: str, at: str, header: Header, default_language: str
) -> tuple[ColumnKey | None, Problem | None]:
    attribute, language = _split(text, header)
    if attribute in header.translated:
        code = language_code(language) if language else default_language
        return (attribute, code), _unclear_language(language, code, at)
    if attribute in header.known and not language:
        return (attribute, ""), None
    if header.free and not language and attribute not in header.unsupported:
        return _free_column(text, at)
    return None, _unread_column(text, attribute, at, header)


def _split(text: str, header: Header) -> tuple[str, str]:
    """The attribute by its proper name, and the language part: what follows the longest name that
    is known, so that ``bind::jr:constraintMsg::English`` is the message in English.
    """
    between = "::" if "::" in text else ":"
    parts = text.split(between)
    for count in range(len(parts), 0, -1):
        first = [part.strip() for part in parts[:count]]
        for name in (_normal(between.join(first)), _normal("::".join(first))):
            if name in header.aliases or name in header.known:
                return header.aliases.get(name, name), between.join(parts[count:]).strip()
    return _normal(parts[0]), between.join(parts[1:]).strip()


def _normal(text: str) -> str:
    return re.sub(r"[\s]+", "_", text.strip().lower())


def _unclear_language(language: str, code: str, at: str) -> Problem | None:
    if not language or _BARE_CODE.fullmatch(code):
        return None
    return Problem(
        "language_without_code",
        at,
        language,
        f"Add the language's code in brackets, e.g. label::{language} (vi).",
        Severity.WARNING,
    )


def _beside(at: str, text: str, key: ColumnKey) -> Problem:
    advice = f"It is read where the column {_name(key)} is empty."
    return Problem("column_beside", at, text, advice, Severity.IGNORED)


def _beyond(sheet: str, row: int, texts: list[str], end: int) -> list[Problem]:
    index = next((i for i in range(end, len(texts)) if texts[i].strip()), None)
    if index is None:
        return []
    advice = f"More than {MAX_EMPTY_COLUMNS} empty columns stand before it; move it left."
    at = address(sheet, row, index)
    return [Problem("content_beyond", at, texts[index].strip(), advice, Severity.WARNING)]


def _free_column(text: str, at: str) -> tuple[ColumnKey | None, Problem | None]:
    if XML_NAME.fullmatch(text):
        return (text, ""), None
    return None, Problem(
        "column_name_invalid",
        at,
        text,
        "Begin the column's name with a letter; go on with letters, digits, - . or _.",
        Severity.IGNORED,
    )


def _unread_column(text: str, attribute: str, at: str, header: Header) -> Problem:
    if (
        attribute in header.unsupported
        or attribute.split("::", maxsplit=1)[0] in header.unsupported
    ):
        advice = "This column of XLSForm has no effect here."
        return Problem("column_unsupported", at, text, advice, Severity.IGNORED)
    near = get_close_matches(attribute, header.known, n=1, cutoff=0.8)
    if near:
        advice = f"Did you mean {near[0]}?"
        return Problem("header_unknown", at, text, advice, Severity.WARNING)
    return Problem("header_unknown", at, text, "The column is not read.", Severity.IGNORED)


def _name(key: ColumnKey) -> str:
    attribute, language = key
    return f"{attribute}::{language}" if language else attribute
