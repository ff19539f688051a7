"""A questionnaire ready for use: checked, ordered and compiled."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from surveys.engine.expressions import Compiled, Names, Place, Type, compile_expression
from surveys.engine.model import (
    Choice,
    Definition,
    Element,
    EvidenceNeed,
    Kind,
    Question,
    Repeat,
    Table,
    Texts,
)
from surveys.engine.others import OTHER, OTHER_CHOICE, takes_other
from surveys.engine.problems import Problem

VALUE_FIELDS: Final = ("relevant", "calculation", "repeat_count", "closed")
"""The expressions that decide what others read."""

MAX_KEPT: Final = 500
"""Larger sets of names are found anew each time: kept for each name they would fill the memory."""


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the questionnaire. Loose questions make a section without label."""

    name: str
    label: Texts
    hint: Texts
    relevant: str
    elements: tuple[Element, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition under which an element is shown: its own or one it inherits."""

    name: str
    condition: Compiled
    is_in_row: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An element with everything compiled that its evaluation needs.

    ``rules`` holds the compiled expressions by field; those that are wrong or never matter are
    left out. ``level`` counts the expressions that must be evaluated below this one; ``texts`` are
    those that speak of answers.

    ``is_asked`` says whether a person answers it, ``is_numeric`` whether it can be summed,
    ``is_open_figure`` whether digits that are stored are its value, and ``is_unchecked`` whether
    nothing but its kind says what a right answer is. All four are asked of every cell.
    """

    name: str
    element: Element
    owner: str = ""
    section: str = ""
    type: Type = Type.ANY
    rules: Mapping[str, Compiled] = field(default_factory=dict)
    guards: tuple[Guard, ...] = ()
    closed: Compiled | None = None
    codes: frozenset[str] = frozenset()
    always_required: bool = False
    always_read_only: bool = False
    level: int = 0
    texts: tuple[Texts, ...] = ()
    is_asked: bool = field(init=False, compare=False)
    is_numeric: bool = field(init=False, compare=False)
    is_open_figure: bool = field(init=False, compare=False)
    is_unchecked: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        is_numeric = self.type is Type.NUMBER
        is_hidden = bool(self.guards) or self.closed is not None or "calculation" in self.rules
        told = {
            "is_asked": self._is_asked(),
            "is_numeric": is_numeric,
            "is_open_figure": is_numeric and not is_hidden,
            "is_unchecked": self._is_unchecked(),
        }
        for name, value in told.items():
            object.__setattr__(self, name, value)

    @property
    def question(self) -> Question:
        """The element, known to be a question."""
        assert isinstance(self.element, Question)
        return self.element

    @property
    def calculation(self) -> Compiled | None:
        """What computes the answer at any time; None where people, or a trigger, do."""
        if isinstance(self.element, Question) and self.element.trigger:
            return None
        return self.rules.get("calculation")

    def _is_unchecked(self) -> bool:
        question = self.element
        return (
            isinstance(question, Question)
            and question.kind in {Kind.INTEGER, Kind.DECIMAL}
            and not question.band
            and not question.is_unique
            and question.evidence is not EvidenceNeed.REQUIRED
            and self.rules.keys().isdisjoint(("constraint", "warning"))
        )

    def _is_asked(self) -> bool:
        element = self.element
        return (
            isinstance(element, Question)
            and element.is_answerable
            and not element.calculation
            and not self.always_read_only
        )


@dataclass(frozen=True, slots=True)
class Edge:
    """``dependent`` hangs on a name: in the same row only, or in every row.

    ``is_whole`` says that everything standing in it moves too, because it may come or go.
    """

    dependent: str
    is_same_row: bool
    is_whole: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """An immutable compiled questionnaire, shareable between threads.

    Usable when ``errors(form.problems)`` is empty; even otherwise nothing that is asked of it
    runs a wrong expression. ``definition`` has the texts behind "other" in it, ``others`` the
    question of each by its name. ``unseen`` holds, by page, the computed questions that stand on
    none.
    """

    definition: Definition
    problems: tuple[Problem, ...]
    sections: tuple[Section, ...]
    parts: Mapping[str, Part]
    names: Names
    edges: Mapping[str, tuple[Edge, ...]]
    triggered: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, tuple[str, ...]]
    needs: Mapping[str, frozenset[str]]
    order: Mapping[str, int]
    once: tuple[str, ...] = ()
    unseen: Mapping[str, tuple[Element, ...]] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    _downstream: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def question(self, name: str) -> Question:
        """The question or table column of that name; KeyError if there is none."""
        element = self.parts[name].element
        if not isinstance(element, Question):
            raise KeyError(name)
        return element

    def choices_of(self, question: Question) -> tuple[Choice, ...]:
        """Every choice of a question: its list, and "other" where it takes that too."""
        known = self.definition.lists.get(question.list_name)
        if known is None:
            return ()
        is_added = (
            takes_other(question) and OTHER not in self.names.tables[question.list_name].codes
        )
        return (*known.choices, OTHER_CHOICE) if is_added else known.choices

    def element(self, name: str) -> Element:
        """The element of that name; KeyError if there is none."""
        return self.parts[name].element

    def owner(self, name: str) -> Repeat | Table | None:
        """The repeat or table a question stands in."""
        owner = self.parts[name].owner
        if not owner:
            return None
        element = self.parts[owner].element
        assert isinstance(element, Repeat | Table)
        return element

    def section(self, name: str) -> Section:
        """The section of that name; KeyError if there is none."""
        for section in self.sections:
            if section.name == name:
                return section
        raise KeyError(name)

    def section_of(self, path: str) -> str:
        """The name of the section that shows ``path``."""
        name = path.partition("/")[0]
        if name in self.parts:
            return self.parts[name].section
        return self.section(name).name

    def row_codes(self, table: str) -> tuple[str, ...]:
        """The rows of a table."""
        element = self.parts[table].element
        assert isinstance(element, Table)
        rows = self.definition.lists.get(element.row_list)
        return tuple(choice.name for choice in rows.choices) if rows else ()

    def downstream(self, name: str) -> frozenset[str]:
        """Every name whose value or checks may hang on ``name``, itself included."""
        known = self._downstream.get(name)
        if known is None:
            found, waiting = {name}, [name]
            while waiting:
                for edge in self.edges.get(waiting.pop(), ()):
                    inside = self.columns.get(edge.dependent, ()) if edge.is_whole else ()
                    new = {edge.dependent, *inside} - found
                    found |= new
                    waiting.extend(new)
            known = frozenset(found)
            if len(known) <= MAX_KEPT:
                self._downstream[name] = known
        return known

    def compile(self, expression: str) -> Compiled:
        """An expression over the whole response, outside every row."""
        return compile_expression(expression, self.names, Place())

    def place(self, name: str, field_name: str) -> Place:
        """Where an expression of an element stands; KeyError if there is no such element."""
        part = self.parts[name]
        return field_place(part.element, field_name, part.owner, part.type)


def field_place(element: Element, field_name: str, owner: str, own: Type) -> Place:
    """Where a field's expression stands, ``own`` being the type of the element's answer."""
    name = element.name
    if isinstance(element, Table) and field_name == "closed":
        return Place(name, Type.TEXT, name, is_open=True)
    if not isinstance(element, Question):
        return Place(owner, None, name)
    list_name = element.list_name if field_name == "choice_filter" else None
    return Place(owner, own, name, list_name)


def has_value_rule(rules: Collection[str]) -> bool:
    """Whether an expression decides what others read: the value, or whether it is shown."""
    return any(field_name in rules for field_name in VALUE_FIELDS)
