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
    offered: dict[str, set[str]] = {}
    filtered: dict[str, str] = {}
    for element in form.definition.elements():
        if isinstance(element, Table):
            offered.setdefault(element.row_list, set()).update(_codes(form, element.row_list))
        elif isinstance(element, Question) and element.list_name in form.definition.lists:
            name = element.list_name
            if element.name not in form.parts:
                continue
            if "choice_filter" in form.parts[element.name].rules:
                filtered.setdefault(name, places[element.name])
            offered.setdefault(name, set()).update(_let_through(form, element))
    for name, place in filtered.items():
        for code in _codes(form, name):
            if code not in offered[name]:
                advice = f"No answer makes the filter offer it in the list {name}."
                at = f"{place}.choice_filter"
                yield Problem("choice_never_offered", at, code, advice, Severity.WARNING)


def _let_through(form: Form, question: Question) -> Iterator[str]:
    rule = form.parts[question.name].rules.get("choice_filter")
    if rule is None:
        yield from _codes(form, question.list_name)
        return
    node = parse(rule.text.strip())
    columns = {each.name for each in nodes_in(node) if isinstance(each, Column)}
    known: dict[tuple[str, ...], bool] = {}
    possibility = Possibility(form, question.name)
    for choice in form.definition.lists[question.list_name].choices:
        label = choice.label.get(form.definition.default_language, "")
        item = {**choice.extra, "name": choice.name, "label": label, "score": choice.score}
        key = tuple(item.get(column, "") for column in sorted(columns))
        if key not in known:
            known[key] = bool(possibility.of_node(with_columns(node, item)))
        if known[key]:
            yield choice.name


def _codes(form: Form, list_name: str) -> list[str]:
    known = form.definition.lists.get(list_name)
    return [choice.name for choice in known.choices] if known else []
