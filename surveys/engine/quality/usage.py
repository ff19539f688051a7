"""Lists, choices and calculations that nothing needs."""

from collections.abc import Iterator, Mapping
from typing import Final

from surveys.engine.catalogue import triggers_of
from surveys.engine.expressions import Node, parse
from surveys.engine.expressions.nodes import Column, Reference
from surveys.engine.form import Form
from surveys.engine.lookedup import expressions_of, formulas_of, looked_up
from surveys.engine.model import Definition, Kind, Question, Repeat, Table, Texts
from surveys.engine.problems import Problem, Severity
from surveys.engine.quality.possibility import Possibility
from surveys.engine.quality.wording import nodes_in, with_columns

TEXTS: Final = (
    "label",
    "hint",
    "guidance",
    "required_message",
    "constraint_message",
    "warning_message",
)


def unused(form: Form, places: Mapping[str, str]) -> Iterator[Problem]:
    """Everything of the definition that nothing refers to and nobody sees."""
    yield from _unused_lists(form.definition)
    yield from _unused_calculations(form, places)
    yield from _unused_choices(form, places)


def _unused_lists(definition: Definition) -> Iterator[Problem]:
    used = set[str]()
    for element in definition.elements():
        match element:
            case Question(list_name=name) | Table(row_list=name):
                used.add(name)
            case _:
                pass
        used.update(*(looked_up(node) for _, node in expressions_of(element)))
    used.update(*(looked_up(node) for _, node in formulas_of(definition)))
    for name in definition.lists:
        if name not in used:
            advice = "Nothing uses the list. Delete it, or name it in the type of a question."
            yield Problem("list_unused", f"choices/{name}", name, advice, Severity.WARNING)
    for name in definition.tables:
        if name not in used:
            advice = "Nothing looks anything up in the table. Remove it, or use pulldata()."
            yield Problem("table_unused", f"lookups/{name}", name, advice, Severity.WARNING)


def _unused_calculations(form: Form, places: Mapping[str, str]) -> Iterator[Problem]:
    used = _referred(form.definition)
    for element in form.definition.elements():
        if not isinstance(element, Question) or element.kind is not Kind.CALCULATE:
            continue
        is_seen = bool(element.label or element.indicator)
        is_check = bool(element.constraint or element.warning)
        if not (is_seen or is_check or element.name in used):
            advice = "Nothing refers to it and nobody sees it. Delete it, or use it."
            at = f"{places[element.name]}.calculation"
            yield Problem("calculation_unused", at, element.name, advice, Severity.WARNING)


def _referred(definition: Definition) -> set[str]:
    """Every name that an expression, a formula, a trigger or a text mentions."""
    used = set[str]()
    for element in definition.elements():
        for _, node in expressions_of(element):
            used |= _names(node, but=element.name)
        used.update(triggers_of(element))
        for field in TEXTS:
            texts: Texts = getattr(element, field, {})
            used.update(name for text in texts.values() for name in _mentioned(text))
        if isinstance(element, Repeat):
            used.update(_mentioned(element.repeat_count))
    for _, node in formulas_of(definition):
        used |= _names(node)
    return used


def _names(node: Node, *, but: str = "") -> set[str]:
    return {each.name for each in nodes_in(node) if isinstance(each, Reference)} - {but}


def _mentioned(text: str) -> Iterator[str]:
    for piece in text.split("${")[1:]:
        yield piece.partition("}")[0].strip()


def _unused_choices(form: Form, places: Mapping[str, str]) -> Iterator[Problem]:
    """Choices that no filter ever lets through, in any question that uses their list."""
    filtered: dict[str, list[str]] = {}
    offered_whole = set[str]()
    for element in form.definition.elements():
        if isinstance(element, Table):
            offered_whole.add(element.row_list)
        elif isinstance(element, Question) and element.name in form.parts:
            if "choice_filter" not in form.parts[element.name].rules:
                offered_whole.add(element.list_name)
            elif element.list_name in form.definition.lists:
                filtered.setdefault(element.list_name, []).append(element.name)
    for name, questions in filtered.items():
        if name in offered_whole:
            continue
        groups = _Groups(form, name)
        offered = set[str]().union(*(groups.let_through(question) for question in questions))
        for choice in form.definition.lists[name].choices:
            if choice.name not in offered:
                advice = f"No answer makes the filter offer it in the list {name}."
                at = f"{places[questions[0]]}.choice_filter"
                yield Problem("choice_never_offered", at, choice.name, advice, Severity.WARNING)


class _Groups:
    """The choices of a list, in groups that no filter over certain columns can tell apart."""

    def __init__(self, form: Form, list_name: str) -> None:
        self.form = form
        self.table = form.names.tables[list_name]
        self.known: dict[tuple[str, ...], dict[tuple[str, ...], list[str]]] = {}

    def let_through(self, question: str) -> set[str]:
        """The choices that some answer makes the question's filter offer."""
        node = parse(self.form.parts[question].rules["choice_filter"].text.strip())
        columns = tuple(sorted({each.name for each in nodes_in(node) if isinstance(each, Column)}))
        possibility = Possibility(self.form, question)
        found = set[str]()
        for values, codes in self.by(columns).items():
            item = dict(zip(columns, values, strict=True))
            if possibility.of_node(with_columns(node, item)):
                found.update(codes)
        return found

    def by(self, columns: tuple[str, ...]) -> dict[tuple[str, ...], list[str]]:
        """The choices by what stands in the columns; gone through once for all questions."""
        groups = self.known.get(columns)
        if groups is None:
            groups = self.known[columns] = {}
            for row in self.table.rows:
                values = tuple(row.get(column, "") for column in columns)
                groups.setdefault(values, []).append(row["name"])
        return groups
