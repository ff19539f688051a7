"""The first row of a sheet: which column is which."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from surveys.engine.problems import Problem, Severity
from surveys.xlsform.cells import address, clean
from surveys.xlsform.vocabulary import Header

ColumnKey = tuple[str, str]
"""An attribute and the language of its text; the language is "" where the attribute has none."""

_CODE: Final = re.compile(r"\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*\)\s*$")
_BARE_CODE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_NAMED: Final = {"english": "en", "vietnamese": "vi", "tiếng việt": "vi", "tieng viet": "vi"}
_XML_NAME: Final = re.compile(r"[^\W\d][\w.\-]*")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a sheet by their index from 0; those that are not read are absent."""

    keys: Mapping[int, ColumnKey]
    problems: tuple[Problem, ...] = ()

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
    """Find the columns; a translated attribute without a language is in the default one."""
    keys: dict[int, ColumnKey] = {}
    problems: list[Problem] = []
    for index, text in enumerate(map(clean, texts)):
        if not text:
            continue
        at = address(sheet, row, index)
        key, problem = _column(text, at, header, default_language)
        if key and key in keys.values():
            problem = Problem(
                "column_twice", at, text, f"Two columns are called {_name(key)}; keep one of them."
            )
        elif key:
            keys[index] = key
        if problem:
            problems.append(problem)
    return Columns(keys, tuple(problems))


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
    """The attribute by its proper name, and the language part."""
    whole = _normal(text)
    if whole in header.aliases or whole in header.known:
        return header.aliases.get(whole, whole), ""
    first, _, language = text.partition("::")
    if not language and ":" in text and "::" not in text:
        first, _, language = text.partition(":")
    name = _normal(first)
    return header.aliases.get(name, name), language.strip()


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


def _free_column(text: str, at: str) -> tuple[ColumnKey | None, Problem | None]:
    if _XML_NAME.fullmatch(text):
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
