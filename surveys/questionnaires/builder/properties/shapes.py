"""What the right pane is made of."""

import json
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise

from surveys.definitions.editing import Tree
from surveys.engine import Form, Indicator
from surveys.questionnaires.builder.properties.lists import ChoicePane, ListUse
from surveys.questionnaires.builder.properties.table import ALWAYS_OPEN, Part
from surveys.questionnaires.builder.properties.texts import Language, Text, lines_for
from surveys.questionnaires.problem_words import WordedProblem

LISTS_PAGE: Final = 40


@dataclass(frozen=True, slots=True)
class Source:
    """Where a pane is read from. ``published`` are the names of the version in force; ``page`` is the
    page of the choices that is shown, ``language`` that of the reader.
    """

    form: Form
    tree: Tree
    language: str
    published: frozenset[str] = frozenset()
    indicators: tuple[Indicator, ...] = ()
    page: int = 1


@dataclass(frozen=True, slots=True)
class Option:
    """One of several values. ``note`` says what choosing it costs."""

    value: str
    label: str | Promise
    chosen: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A property of the node as it is shown. ``seen`` is the value that is sent along as seen."""

    field: str
    label: str | Promise
    template: str
    hint: str | Promise = ""
    value: Any = ""
    seen: Any = ""
    texts: tuple[Text, ...] = ()
    options: tuple[Option, ...] = ()
    ready: tuple[Option, ...] = ()
    kept: str = ""
    notes: tuple[str, ...] = ()
    problems: tuple[WordedProblem, ...] = ()
    fits: bool = True

    @property
    def has_notes(self) -> bool:
        """Whether anything is said below the control."""
        return bool(self.hint or self.notes or self.problems)

    @property
    def is_list(self) -> bool:
        """Whether it names the list whose choices are shown below it."""
        return self.field in {"list_name", "row_list"}

    @property
    def is_parameter(self) -> bool:
        """Whether it is one of the parameters, whose flag is the word "yes"."""
        return self.field.startswith("parameters.")

    @property
    def seen_json(self) -> str:
        """What was seen, as scripts compare it."""
        return json.dumps(self.seen, ensure_ascii=False)

    @property
    def chosen(self) -> str:
        """The value of the option that is chosen."""
        return next((each.value for each in self.options if each.chosen), "")

    @property
    def rows(self) -> int:
        """Lines that show the expression, within reason."""
        return lines_for(str(self.value))

    @property
    def is_set(self) -> bool:
        """Whether it differs from its default, or something is wrong with it."""
        return bool(self.value or self.problems or any(text.value for text in self.texts))


@dataclass(frozen=True, slots=True)
class Fields:
    """A part of the pane."""

    part: Part
    title: str | Promise
    fields: tuple[Field, ...]

    @property
    def is_open(self) -> bool:
        """Whether it stands open at first."""
        return self.part in ALWAYS_OPEN or any(each.problems for each in self.fields)

    @property
    def number_set(self) -> int:
        """How many of its properties say something."""
        return sum(each.is_set for each in self.fields)


@dataclass(frozen=True, slots=True)
class Mention:
    """A node that speaks of this one by its name."""

    uid: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """The selected node. ``choices`` are those of its list, ``lists`` all lists of the root."""

    uid: str
    sort: str
    title: str
    kind: str | Promise
    icon: str
    languages: tuple[Language, ...]
    parts: tuple[Fields, ...]
    problems: tuple[WordedProblem, ...]
    choices: ChoicePane | None = None
    lists: tuple[ListUse, ...] = ()
    lists_total: int = 0
    lists_page: int = 1
    parent: Mention | None = None
    is_published: bool = False
    mentions: tuple[Mention, ...] = ()
    mentioned: int = 0

    @property
    def more_mentions(self) -> int:
        """Those that speak of it and are not named."""
        return self.mentioned - len(self.mentions)

    @property
    def lists_pages(self) -> int:
        """How many pages the lists take."""
        return max(1, -(-self.lists_total // LISTS_PAGE))

    @property
    def lists_before(self) -> int:
        """The page before; 0 for none."""
        return self.lists_page - 1

    @property
    def lists_behind(self) -> int:
        """The page behind."""
        return self.lists_page + 1
