"""The report of a round as plain data: a cover, what it comes to, and blocks one after the other."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from surveys.documents.text import breakable, readable

TEMPLATE: Final = Path(__file__).with_name("report.typ")
LONGEST_WORD: Final = 28


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a part (1), of a section (2), of a question (3)."""

    text: str
    level: int = 1
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Lines:
    """Paragraphs; ``small`` ones in small print."""

    lines: tuple[str, ...]
    kind: str = "lines"


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with their values."""

    rows: tuple[tuple[str, str], ...]
    kind: str = "facts"


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart: its figure in words, and its length in 0..1 (None: nothing is drawn)."""

    label: str
    text: str
    length: float | None


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart."""

    rows: tuple[Bar, ...]
    kind: str = "bars"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; ``figures`` says which columns stand at the right, ``widths`` are shares."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    figures: tuple[bool, ...]
    size: float = 10
    kind: str = "grid"


Block = Heading | Lines | Facts | Bars | Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that is printed. ``at`` is the moment to which the file is dated."""

    language: str
    at: datetime
    kind: str
    title: str
    subtitle: str
    producer: str
    cover: tuple[tuple[str, str], ...]
    warning: str
    contents: str
    summary_title: str
    summary: tuple[str, ...]
    blocks: tuple[Block, ...]
    reference: str
    page_word: str


def small(*lines: str) -> Lines:
    """Paragraphs in small print; blank ones are left out."""
    return Lines(tuple(filter(None, lines)), "small")


def report_pdf(report: Report) -> bytes:
    """The report as a tagged PDF 1.7, A4, in Tinos; the same report gives the same bytes. Loads typst:
    for tasks only. No text of it is markup."""
    from surveys.documents.typesetting import typeset  # noqa: PLC0415  (loads typst)

    data = {name: value for name, value in asdict(report).items() if name != "at"}
    return typeset(TEMPLATE, _fitting(data), at=report.at)


def _fitting(value: Any) -> Any:
    """Plain data whose texts are readable, with places to break in long words."""
    match value:
        case str():
            return breakable(readable(value), longest=LONGEST_WORD)
        case dict():
            return {name: _fitting(each) for name, each in value.items()}
        case list() | tuple():
            return [_fitting(each) for each in value]
        case _:
            return value


def grid(
    heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], *, texts: int = 1
) -> Grid:
    """A table whose first columns (``texts``) are words and the others figures."""
    return Grid(
        heads=tuple(heads),
        rows=tuple(tuple(row) for row in rows),
        widths=tuple(widths),
        figures=tuple(place >= texts for place in range(len(heads))),
    )
