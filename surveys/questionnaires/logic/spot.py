"""A field of an element, and what its expression may speak of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from surveys.engine import Choice, Element, Form, Question, Table, text_in
from surveys.engine.expressions import (
    Compiled,
    ExpressionError,
    Name,
    Node,
    Place,
    Type,
    compile_expression,
    parse,
)
from surveys.engine.expressions.nodes import Call, Column, Dot, Reference, Text
from surveys.engine.sentences import text_of_node
from surveys.questionnaires.logic.words import FAMILIES, Family
from surveys.rendering import label_of, number_of

SHORT: Final = 32
"""Characters of a label in a sentence."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an expression stands, read by somebody in a language."""

    form: Form
    element: Element
    field: str
    language: str
    is_brief: bool = False
    """Whether questions go by their numbers alone."""

    @property
    def place(self) -> Place:
        """The place, as the engine compiles there."""
        return self.form.place(self.element.name, self.field)

    @property
    def is_of_cells(self) -> bool:
        """Whether the expression is about each cell of a table."""
        return isinstance(self.element, Table) and self.field == "closed"

    def compile(self, text: str) -> Compiled:
        """The expression, checked at this place."""
        return compile_expression(text, self.form.names, self.place)

    def text(self, texts: object) -> str:
        """A text of the definition in the reader's language."""
        assert isinstance(texts, dict)
        return text_in(texts, self.language, self.form.definition.default_language)

    def known(self, name: str) -> Name | None:
        """What a name stands for."""
        return self.form.names.by_name.get(name)

    def label(self, name: str) -> str:
        """A question in a sentence: its number and a short label; a name nobody knows as it is."""
        if name not in self.form.parts:
            return name
        element = self.form.element(name)
        number, label = number_of(self.form, element), label_of(self.form, element, self.language)
        if number and self.is_brief:
            return number
        return f"{number} {shortened(label)}".strip()

    def type_of(self, node: Node) -> Type:
        """What an operand gives."""
        if isinstance(node, Reference) and (known := self.known(node.name)):
            return known.type
        if isinstance(node, Call) and node.name == "row":
            return Type.CHOICE
        if isinstance(node, Dot) and self.is_of_cells:
            return Type.CHOICE
        return self.compile(text_of_node(node)).type

    def family(self, node: Node) -> Family:
        """In which words an operand is compared."""
        return FAMILIES.get(self.type_of(node), Family.TEXT)

    def choices(self, node: Node) -> tuple[tuple[str, str], ...]:
        """The codes and labels an operand can have; none where it is no choice."""
        match node:
            case Dot():
                return self._of_this()
            case Call(name="row"):
                return self._rows()
            case Call(name="previous" | "cell", arguments=(Reference(name=name), *_)):
                return self._of_question(name)
            case Reference(name=name):
                return self._of_question(name)
            case Column(name="name"):
                return self._of_list(self.place.list_name or "")
            case _:
                return ()

    def choice_label(self, node: Node, code: str) -> str:
        """What a choice of an operand is called; "" where it has no such choice."""
        return next((label for known, label in self.choices(node) if known == code), "")

    def row_label(self, column: str, code: str) -> str:
        """What a row of a column's table is called; its code where it has no name."""
        owner = self.form.owner(column) if column in self.form.parts else None
        rows = self._rows_of(owner) if isinstance(owner, Table) else ()
        return dict(rows).get(code) or code

    def _of_this(self) -> tuple[tuple[str, str], ...]:
        if isinstance(self.element, Table) and self.is_of_cells:
            return tuple((each.name, self.label(each.name)) for each in self.element.columns)
        return self._of_question(self.element.name)

    def _of_question(self, name: str) -> tuple[tuple[str, str], ...]:
        part = self.form.parts.get(name)
        if part is None or not isinstance(part.element, Question):
            return ()
        return tuple(self._labelled(self.form.choices_of(part.element)))

    def _rows(self) -> tuple[tuple[str, str], ...]:
        element = self.element
        owner = element if isinstance(element, Table) else self.form.owner(element.name)
        return self._rows_of(owner) if isinstance(owner, Table) else ()

    def _rows_of(self, table: Table) -> tuple[tuple[str, str], ...]:
        return self._of_list(table.row_list)

    def _of_list(self, name: str) -> tuple[tuple[str, str], ...]:
        known = self.form.definition.lists.get(name)
        return tuple(self._labelled(known.choices if known else ()))

    def _labelled(self, choices: Iterable[Choice]) -> Iterator[tuple[str, str]]:
        return ((each.name, self.text(each.label) or each.name) for each in choices)


def parsed(text: str) -> Node | None:
    """The nodes of an expression; None where the text is none."""
    try:
        return parse(text)
    except ExpressionError:
        return None


def literal_text(node: Node) -> str | None:
    """The text that a literal holds; None where the node is no text."""
    return node.value if isinstance(node, Text) else None


def shortened(label: str, most: int = SHORT) -> str:
    """The label cut at a word, with an ellipsis where something is left out."""
    label = " ".join(label.split())
    if len(label) <= most:
        return label
    cut = label[:most].rsplit(" ", 1)[0].rstrip(" ,.;:(")
    return f"{cut}…"
