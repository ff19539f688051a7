"""What can be asked of a round: its questions as items. Without pandas; the web process reads it.

An item is a question outside of tables, a table as a whole, a cell of a table, or the number of rows of a
repeat. Personal data, notes and what is computed behind the scenes in a repeat are none.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from analytics.dataset import Measure, Variable, variables_of
from analytics.explorer.enums import ItemKind
from surveys.engine import Form
from surveys.engine.model import (
    Choice,
    Element,
    Group,
    Kind,
    Question,
    Repeat,
    Table,
    Texts,
    text_in,
)

LIKERT: Final = "likert"
WHOLE: Final = "@round"
"""In the place of a question: all of them, as the report shows them."""
FEWEST_POINTS: Final = 4
"""A list of the numbers 1, 2, 3 may be anything; from here on it is a scale."""

CROSSED: Final = frozenset({ItemKind.CHOICE, ItemKind.SCALE, ItemKind.CHOICES, ItemKind.NUMBER})
"""What can be crossed with a dimension."""

DIVIDING: Final = frozenset({ItemKind.CHOICE, ItemKind.SCALE, ItemKind.CHOICES})
"""What can be a dimension, or a filter, by its choices."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be asked about: ``name`` is the question's, or the cell's path with dots.

    ``labels`` reads from the outside in; ``section`` is what the questionnaire's section is called. ``cells`` are the variables it is made of, one for all but tables.
    ``listed`` is False for the cells of tables, as the list of questions shows the table, and for
    what nobody was asked (hidden).
    """

    name: str
    number: str
    labels: tuple[Texts, ...]
    kind: ItemKind
    cells: tuple[Variable, ...]
    listed: bool = True
    section: Texts = field(default_factory=dict)

    @property
    def variable(self) -> Variable:
        """The one variable of an item that is no table."""
        return self.cells[0]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The choices of a question, or of the ratings of a table."""
        return self.cells[0].choices

    @property
    def is_multiple(self) -> bool:
        """Whether an agency may choose several of its choices."""
        return self.kind is ItemKind.CHOICES

    def label(self, language: str) -> str:
        """The question's words in one language."""
        return ": ".join(filter(None, (text_in(each, language) for each in self.labels)))

    def title(self, language: str) -> str:
        """Its number and its words."""
        return f"{self.number}. {self.label(language)}" if self.number else self.label(language)


def items_of(form: Form) -> tuple[Item, ...]:
    """The items of a questionnaire in its order; the cells of a table follow it."""
    variables = {variable.name: variable for variable in variables_of(form)}
    return tuple(
        replace(item, section=element.label if isinstance(element, Group) else {})
        for element in form.definition.children
        for item in _items(element, form, variables)
    )


def union_of(forms: Iterable[Form]) -> dict[str, Item]:
    """The items of all questionnaires of a round by name; one that several ask stands as the first asks it."""
    found: dict[str, Item] = {}
    for form in forms:
        for item in items_of(form):
            found.setdefault(item.name, item)
    return found


def _items(element: Element, form: Form, variables: Mapping[str, Variable]) -> Iterator[Item]:
    match element:
        case Group():
            for child in element.children:
                yield from _items(child, form, variables)
        case Table():
            yield from _of_table(element, variables)
        case Question():
            if variable := variables.get(element.name):
                is_listed = element.kind is not Kind.HIDDEN
                yield _of_variable(variable, _kind(variable, element), listed=is_listed)
        case Repeat():
            if variable := variables.get(f"{element.name}.rows"):
                yield _of_variable(variable, ItemKind.ROWS)


def _of_table(table: Table, variables: Mapping[str, Variable]) -> Iterator[Item]:
    columns = {column.name: column for column in table.columns}
    cells = tuple(
        variable for name, variable in variables.items() if name.startswith(f"{table.name}.")
    )
    if not cells:
        return
    kinds = [_kind(cell, columns[cell.path.rpartition("/")[2]], table.appearance) for cell in cells]
    is_battery = len(table.columns) == 1 and kinds[0] is ItemKind.SCALE
    whole = ItemKind.BATTERY if is_battery else ItemKind.GRID
    yield Item(table.name, table.number, (table.label,), whole, cells)
    for cell, kind in zip(cells, kinds, strict=True):
        yield _of_variable(cell, kind, listed=False)


def _of_variable(variable: Variable, kind: ItemKind, *, listed: bool = True) -> Item:
    return Item(variable.name, variable.number, variable.label, kind, (variable,), listed)


def _kind(variable: Variable, question: Question, appearance: str = "") -> ItemKind:
    match variable.measure:
        case Measure.NUMBER:
            return ItemKind.NUMBER
        case Measure.DATE:
            return ItemKind.DATE
        case Measure.CATEGORY:
            is_scale = _is_scale(variable, f"{question.appearance} {appearance}")
            return ItemKind.SCALE if is_scale else ItemKind.CHOICE
        case Measure.CATEGORIES:
            return ItemKind.RANK if question.kind is Kind.RANK else ItemKind.CHOICES
        case _:
            return ItemKind.TEXT


def _is_scale(variable: Variable, appearance: str) -> bool:
    """Whether a choice is a point of a rating scale: the designer says so, or the list is numbered."""
    names = [choice.name for choice in variable.choices]
    is_numbered = len(names) >= FEWEST_POINTS and all(name.isdecimal() for name in names)
    return is_numbered or LIKERT in appearance.split()
