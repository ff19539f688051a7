"""The definition of a questionnaire, in XLSForm's words, as immutable plain data.

A definition is a tree of elements. Names are unique in the whole questionnaire and are its only
identity; the place of an answer is its *path*:

* ``question`` for a question outside repeats and tables (groups do not show in paths),
* ``repeat/<row id>/question`` inside a repeat,
* ``table/<row code>/<column>`` inside a table.

Each node of the tree, each list, choice and indicator has a hidden ``uid`` as well while it is edited:
names change, and two people must mean the same node. It is no part of what the questionnaire says, so
two definitions that differ in it alone are equal.

``library_item`` of an element says of which item of the question library it is a copy, and of which
revision; nothing is worked out from it.

Expressions are kept as their text; ``surveys.engine.compilation.compile_definition`` parses and checks them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

Texts = Mapping[str, str]
"""A text by language code, e.g. ``{"vi": "Họ tên", "en": "Name"}``; empty when there is none."""

_SEPARATORS: Final = re.compile(r"[\s,;]+")


class Kind(StrEnum):
    """The type of a question."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    DATETIME = "dateTime"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    RANK = "rank"
    NOTE = "note"
    CALCULATE = "calculate"
    HIDDEN = "hidden"
    RANGE = "range"
    ACKNOWLEDGE = "acknowledge"
    FILE = "file"
    IMAGE = "image"


class EvidenceNeed(StrEnum):
    """Whether an answer must be backed by a document."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


class Carry(StrEnum):
    """What the last round's answer is worth in this one."""

    STOCK = "stock"
    FLOW = "flow"
    STRUCTURAL = "structural"


class MissingCode(StrEnum):
    """Why there is no figure."""

    NOT_APPLICABLE = "KAD"
    NOT_YET = "CCSL"
    RESTRICTED = "HC"


class Totals(StrEnum):
    """Which sums a table shows."""

    NONE = "none"
    ROWS = "rows"
    COLUMNS = "columns"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a choice list. ``extra`` holds further columns for ``choice_filter``."""

    name: str
    label: Texts
    score: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    uid: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """A named, ordered list of choices."""

    name: str
    choices: tuple[Choice, ...]
    uid: str = field(default="", compare=False)

    def by_name(self) -> dict[str, Choice]:
        """The choices by their code."""
        return {choice.name: choice for choice in self.choices}


@dataclass(frozen=True, slots=True)
class DataTable:
    """A lookup table for ``pulldata``: texts in named columns.

    ``text`` is CSV with a header, as ``surveys.engine.datatables`` writes it: one string, so that
    thousands of rows cost nothing to load, to compare and to hash until a row is asked for.
    """

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure of the catalogue that questions feed. ``numerator`` and ``denominator`` are
    expressions over one response; ``over`` says what the denominator counts:
    ``units`` (every agency asked counts 1), ``answered`` (every agency that answered counts 1, so that
    the value is a mean) or ``sum`` (the sum of the denominators). ``scoring`` is the text of a rule of
    ``surveys.engine.scoring``, by which an agency's answer becomes points; ``valid_from`` the first day
    on which the indicator counts.
    """

    code: str
    label: Texts
    unit: Texts = field(default_factory=dict)
    direction: str = "up"
    target: str = ""
    legal_basis: str = ""
    numerator: str = ""
    denominator: str = ""
    over: str = "units"
    applies_to: tuple[str, ...] = ()
    scoring: str = ""
    valid_from: date | None = None
    uid: str = field(default="", compare=False)

    @property
    def is_percent(self) -> bool:
        """Whether the value is a share of a hundred: its unit is the sign %, in any language."""
        return "%" in self.unit.values()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A single question. Expression fields hold XLSForm text, ``""`` where there is none.

    ``band`` says which change since the last round is usual, see ``surveys.engine.bands``.
    """

    name: str
    kind: Kind
    label: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    guidance: Texts = field(default_factory=dict)
    number: str = ""
    list_name: str = ""
    or_other: bool = False
    choice_filter: str = ""
    relevant: str = ""
    required: str = ""
    required_message: Texts = field(default_factory=dict)
    read_only: str = ""
    constraint: str = ""
    constraint_message: Texts = field(default_factory=dict)
    warning: str = ""
    warning_message: Texts = field(default_factory=dict)
    calculation: str = ""
    trigger: str = ""
    default: str = ""
    appearance: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    unit: Texts = field(default_factory=dict)
    indicator: str = ""
    evidence: EvidenceNeed = EvidenceNeed.NONE
    carry: Carry | None = None
    band: str = ""
    missing: tuple[MissingCode, ...] = ()
    personal_data: bool = False
    successor_of: str = ""
    library_item: str = ""
    uid: str = field(default="", compare=False)

    @property
    def indicators(self) -> tuple[str, ...]:
        """The codes of the indicators it feeds, which stand with blanks or commas between them."""
        return tuple(dict.fromkeys(filter(None, _SEPARATORS.split(self.indicator))))

    @property
    def is_unique(self) -> bool:
        """Whether no two rows of the repeat may have the same answer (``unique=yes``)."""
        return self.parameters.get("unique") == "yes"

    @property
    def is_answerable(self) -> bool:
        """Whether a respondent can type an answer."""
        return self.kind not in {Kind.NOTE, Kind.CALCULATE, Kind.HIDDEN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions that belong together; a group at the top level is a section."""

    name: str
    label: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    relevant: str = ""
    appearance: str = ""
    children: tuple["Element", ...] = ()
    library_item: str = ""
    uid: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Rows that the respondent adds, or that ``repeat_count`` counts."""

    name: str
    label: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    number: str = ""
    relevant: str = ""
    repeat_count: str = ""
    appearance: str = ""
    children: tuple["Element", ...] = ()
    library_item: str = ""
    uid: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One fixed row for each choice of ``row_list``, one column for each question.

    ``closed`` is an expression over ``row()`` and the row's cells, evaluated per cell with ``.``
    standing for the column's name as text: cells for which it is true are greyed and read as blank.
    """

    name: str
    label: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    number: str = ""
    relevant: str = ""
    row_list: str
    totals: Totals = Totals.NONE
    closed: str = ""
    constraint: str = ""
    constraint_message: Texts = field(default_factory=dict)
    warning: str = ""
    warning_message: Texts = field(default_factory=dict)
    appearance: str = ""
    columns: tuple[Question, ...] = ()
    library_item: str = ""
    uid: str = field(default="", compare=False)


Element = Question | Group | Repeat | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A whole questionnaire as it was published, or as it stands in a draft."""

    code: str
    title: Texts
    default_language: str = "vi"
    languages: tuple[str, ...] = ("vi",)
    children: tuple[Element, ...] = ()
    lists: Mapping[str, ChoiceList] = field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, DataTable] = field(default_factory=dict)

    def elements(self) -> Iterator[Element]:
        """Every element, depth first in document order; table columns included."""
        yield from walk(self.children)


def walk(elements: tuple[Element, ...]) -> Iterator[Element]:
    """Every element below and including ``elements``, depth first, table columns included."""
    for element in elements:
        yield element
        match element:
            case Group() | Repeat():
                yield from walk(element.children)
            case Table():
                yield from element.columns
            case Question():
                pass


def text_in(texts: Texts, language: str, fallback: str = "vi") -> str:
    """The text in ``language``, else in ``fallback``, else in any language, else ``""``."""
    return texts.get(language) or texts.get(fallback) or next(iter(texts.values()), "")
