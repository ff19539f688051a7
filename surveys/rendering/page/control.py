"""One control, its options, its findings and what stands beside it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from surveys.rendering.page.attached import AttachedLine

LONG_VALUE: Final = 24


class ControlKind(StrEnum):
    """Which template draws a control."""

    LINE = "line"
    AREA = "area"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    RADIO = "radio"
    SELECT = "select"
    CHECKBOXES = "checkboxes"
    FIND = "find"
    FIND_MANY = "find_many"
    RANK = "rank"
    RANGE = "range"
    ACKNOWLEDGE = "acknowledge"
    OUTPUT = "output"
    UPLOAD = "upload"

    @property
    def is_set(self) -> bool:
        """Whether the question is a set of fields, named by a legend instead of a label."""
        return self in {self.RADIO, self.CHECKBOXES, self.FIND_MANY, self.RANK, self.ACKNOWLEDGE}

    @property
    def is_many(self) -> bool:
        """Whether several choices can be taken."""
        return self in {self.CHECKBOXES, self.FIND_MANY}


def html_id(path: str) -> str:
    """A path as part of an HTML id that needs no escaping in a selector."""
    return path.replace("/", "--").replace(".", "__")


LINES: Final = frozenset({ControlKind.LINE, ControlKind.NUMBER, ControlKind.DATE, ControlKind.TIME})
"""Kinds that are a line of text to be typed."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a control."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """What a person answers with. ``text`` is what stands in the field.

    Where choices are searched, ``words`` stand in the search field, ``offered`` counts what can be
    found, and ``options`` hold only what is chosen. ``proposal`` is what the last round proposes, in
    words; ``origin`` says how the answer came where nobody typed it.
    """

    path: str
    kind: ControlKind
    label: str
    text: str = ""
    options: tuple[Option, ...] = ()
    words: str = ""
    offered: int = 0
    ranks: tuple[tuple[Option, ...], ...] = ()
    seen: str = ""
    unit: str = ""
    inputmode: str = ""
    read_only: bool = False
    required: bool = False
    invalid: bool = False
    numeric: bool = False
    proposal: str = ""
    origin: str = ""
    can_unlock: bool = False
    missing: str = ""
    missing_label: str = ""
    reason: str = ""
    expected: str = ""
    asks_expected: bool = False
    missing_options: tuple[Option, ...] = ()
    low: str = ""
    high: str = ""
    step: str = ""
    file: AttachedLine | None = None
    accept: str = ""
    limit: str = ""

    @property
    def id(self) -> str:
        """The control's own id."""
        return f"c-{html_id(self.path)}"

    @property
    def template(self) -> str:
        """The template that draws it."""
        return f"rendering/controls/{self.kind}.html"

    @property
    def cell_template(self) -> str:
        """The template that draws it in a cell of a grid."""
        return "rendering/controls/cell.html" if self.kind in LINES else self.template

    @property
    def is_optional(self) -> bool:
        """Whether it may stay blank; the others are the rule and need no mark."""
        takes_answer = self.kind is not ControlKind.OUTPUT
        return takes_answer and not self.required and not self.read_only

    @property
    def is_upload(self) -> bool:
        """Whether the answer is a file: it comes by its own way, not with the form."""
        return self.kind is ControlKind.UPLOAD

    @property
    def is_input(self) -> bool:
        """Whether it can bring an answer back."""
        return self.kind not in {ControlKind.OUTPUT, ControlKind.UPLOAD}

    @property
    def is_watched(self) -> bool:
        """Whether each change is saved at once; an order of several fields goes with the page."""
        return self.is_input and not self.read_only and self.kind is not ControlKind.RANK


SHORT: Final = frozenset(
    {
        ControlKind.LINE,
        ControlKind.NUMBER,
        ControlKind.DATE,
        ControlKind.TIME,
        ControlKind.SELECT,
        ControlKind.FIND,
        ControlKind.RANGE,
        ControlKind.OUTPUT,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """A finding in words. ``explanation`` is ``None`` where none is asked for."""

    grade: str
    code: str
    path: str
    text: str
    place: str = ""
    href: str = ""
    explanation: str | None = None
    seen: str = ""
    read_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What stands beside a question."""

    previous: str = ""
    change: str = ""
    guidance: str = ""
    indicator: str = ""
    legal_basis: str = ""

    def __bool__(self) -> bool:
        return any((self.previous, self.guidance, self.indicator, self.legal_basis))

    @property
    def is_long(self) -> bool:
        """Whether the last value needs a line of its own."""
        return len(self.previous) > LONG_VALUE


def worst(findings: tuple[FindingLine, ...]) -> str:
    """The worst grade: ``bad``, ``warn``, ``info`` or ""."""
    grades = {line.grade for line in findings}
    return next((grade for grade in ("bad", "warn", "info") if grade in grades), "")
