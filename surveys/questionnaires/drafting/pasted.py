"""Choices as they are pasted: codes, labels by language, scores and further columns."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final

from surveys.questionnaires.drafting.pasting import cells_of, slug

MAX_CHOICES: Final = 20_000
CODE: Final = "code"
LABEL: Final = "label"
SCORE: Final = "score"
HEADERS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("code", "mã", "ma", "name", "value", "giá trị"), CODE),
    **dict.fromkeys(("label", "nhãn", "nhan", "tên", "ten", "tên gọi", "nội dung"), LABEL),
    **dict.fromkeys(("score", "điểm", "diem", "points"), SCORE),
}
"""What the columns of a block are called in its first row, in small letters."""
_LANGUAGE: Final = re.compile(r"(?:label|nhãn)?\s*(?:::)?[^()]*\(?\b([a-z]{2,3})\)?")
STEM: Final = "lc"
"""The code of a label without a Latin letter."""


class Flaw(StrEnum):
    """What is wrong with a row."""

    CODE_BLANK = "code_blank"
    CODE_TWICE = "code_twice"
    CODE_MISSING = "code_missing"
    SCORE_UNREADABLE = "score_unreadable"
    TOO_MANY = "too_many"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Finding:
    """A flaw at a row, counted from 1 as pasted, and the text concerned."""

    flaw: Flaw
    row: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class PastedChoice:
    """One choice. ``label`` holds the languages that were pasted, ``extra`` columns with other heads."""

    code: str
    label: Mapping[str, str]
    score: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a text holds; it is taken only if there are no findings."""

    choices: tuple[PastedChoice, ...]
    findings: tuple[Finding, ...]


def read_choices(
    text: str, *, languages: Sequence[str], present: Sequence[Mapping[str, Any]], replace: bool
) -> Pasted:
    """The choices of a pasted block. Never raises.

    One column holds labels, from which codes are made; two hold codes and labels, more hold codes,
    labels in the order of ``languages`` and scores; a first row of heads says otherwise. ``present``
    are the choices of the list: a label that is there already keeps its code. With ``replace`` their
    codes are free again for others.
    """
    rows = cells_of(text)
    if not rows:
        return Pasted((), (Finding(Flaw.NOTHING),))
    if len(rows) > MAX_CHOICES:
        return Pasted((), (Finding(Flaw.TOO_MANY, MAX_CHOICES + 1),))
    heads = _heads_said(rows[0], languages)
    first = 2 if heads else 1
    body = rows[1:] if heads else rows
    reading = _Reading(heads or _heads_guessed(body, languages), present, replace=replace)
    for number, row in enumerate(body, first):
        if any(row):
            reading.take(number, row)
    if not reading.choices and not reading.findings:
        return Pasted((), (Finding(Flaw.NOTHING),))
    return Pasted(tuple(reading.choices), tuple(reading.findings))


class _Reading:
    """Rows are read one after the other; codes that are given out are taken."""

    def __init__(
        self, heads: Sequence[str], present: Sequence[Mapping[str, Any]], *, replace: bool
    ) -> None:
        self.heads = heads
        self.has_codes = CODE in heads
        self.choices: list[PastedChoice] = []
        self.findings: list[Finding] = []
        self.by_label = {
            _key(text): str(choice["name"])
            for choice in present
            for text in choice.get("label", {}).values()
        }
        self.present = {str(choice["name"]) for choice in present}
        self.replace = replace
        self.taken: set[str] = set() if replace else set(self.present)
        self.counted: dict[str, int] = {}

    def take(self, number: int, row: Sequence[str]) -> None:
        """Read one row."""
        cells = dict(zip(self.heads, row, strict=False))
        label = {
            head.partition(".")[2]: cell
            for head, cell in cells.items()
            if head.startswith("label.") and cell
        }
        extra = {
            head.partition(".")[2]: cell
            for head, cell in cells.items()
            if head.startswith("extra.") and cell
        }
        score = cells.get(SCORE, "").replace(",", ".")
        if score and not _is_number(score):
            self.findings.append(Finding(Flaw.SCORE_UNREADABLE, number, score))
        code = self.given(number, cells[CODE]) if self.has_codes else self.made(label)
        self.taken.add(code)
        self.choices.append(PastedChoice(code, label, score, extra))

    def given(self, number: int, code: str) -> str:
        """A code that was pasted; what is wrong with it is found."""
        if not code:
            self.findings.append(Finding(Flaw.CODE_MISSING, number))
        elif " " in code:
            self.findings.append(Finding(Flaw.CODE_BLANK, number, code))
        elif code in self.taken:
            self.findings.append(Finding(Flaw.CODE_TWICE, number, code))
        return code

    def made(self, label: Mapping[str, str]) -> str:
        """A code for a label: the one it has, else one of its letters that nobody has."""
        first = next(iter(label.values()), "")
        known = self.by_label.get(_key(first))
        if known is not None and known not in self.taken:
            return known
        stem = slug(first) or STEM
        # A code that the list has means its own label, also while the list is replaced.
        while stem in self.taken or stem in self.present:
            base = slug(first) or STEM
            self.counted[base] = self.counted.get(base, 1) + 1
            stem = f"{base}_{self.counted[base]}"
        return stem


def _heads_said(row: Sequence[str], languages: Sequence[str]) -> list[str] | None:
    """What the columns are if the first row says so: a head is known, and none stands twice."""
    folded = [unicodedata.normalize("NFC", cell).casefold().strip() for cell in row]
    if not any(cell in HEADERS for cell in folded):
        return None
    heads = [_head(cell, said, languages) for cell, said in zip(row, folded, strict=True)]
    return (
        heads if len(set(heads)) == len(heads) and any("label." in each for each in heads) else None
    )


def _head(cell: str, said: str, languages: Sequence[str]) -> str:
    known = HEADERS.get(said)
    if known == LABEL:
        return f"label.{languages[0]}"
    if known:
        return known
    if said in languages:
        return f"label.{said}"
    found = _LANGUAGE.fullmatch(said)
    if found and found[1] in languages and said.startswith(("label", "nhãn")):
        return f"label.{found[1]}"
    return f"extra.{slug(cell) or STEM}"


def _heads_guessed(rows: Sequence[Sequence[str]], languages: Sequence[str]) -> list[str]:
    """Code, labels by language, score: what the columns are where nobody says so."""
    width = len(rows[0]) if rows else 1
    labels = [f"label.{language}" for language in languages]
    if width == 1:
        return labels[:1]
    is_code = any(row[0] and " " not in row[0] for row in rows)
    heads = [CODE] if is_code else []
    left = width - len(heads)
    scored = left > 1 and all(_is_number(row[-1]) for row in rows if row[-1])
    texts = labels[: left - scored]
    heads += texts
    heads += [f"extra.cot_{place}" for place in range(len(heads) + 1, width - scored + 1)]
    return [*heads, SCORE] if scored else heads


def _key(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _is_number(text: str) -> bool:
    try:
        return Decimal(text.replace(",", ".")).is_finite()
    except InvalidOperation:
        return False
