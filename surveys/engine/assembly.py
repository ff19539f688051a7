"""The parts of a form: each element with what its evaluation needs."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from surveys.engine.catalogue import Catalogue
from surveys.engine.dependencies import Graph
from surveys.engine.expressions import Compiled
from surveys.engine.expressions.closures import NOWHERE
from surveys.engine.form import Guard, Part, has_value_rule
from surveys.engine.model import Element, Question, Texts

FLAGS: Final = {"relevant", "required", "read_only", "closed"}


def parts_of(
    catalogue: Catalogue,
    graph: Graph,
    order: dict[str, int],
    sections: dict[str, str],
    texts: Mapping[str, tuple[Texts, ...]],
) -> dict[str, Part]:
    """Every element, ready to be evaluated."""
    levels: dict[str, int] = {}
    for name in sorted(graph, key=order.__getitem__):
        below = max((levels[needed] for needed in graph[name]), default=0)
        levels[name] = below + has_value_rule(catalogue.rules[name])
    return {
        name: replace(
            _part(catalogue, element, levels[name], sections[name]), texts=texts.get(name, ())
        )
        for name, element in catalogue.elements.items()
    }


def _part(catalogue: Catalogue, element: Element, level: int, section: str) -> Part:
    """One element, ready to be evaluated."""
    name, owner = element.name, catalogue.owners[element.name]
    rules = {key: rule for key, rule in catalogue.rules[name].items() if not _is_idle(key, rule)}
    required, read_only = (
        catalogue.rules[name].get("required"),
        catalogue.rules[name].get("read_only"),
    )
    list_name = element.list_name if isinstance(element, Question) else ""
    table = catalogue.tables.get(list_name)
    closed = catalogue.rules[owner].get("closed") if owner else None
    return Part(
        name=name,
        element=element,
        owner=owner,
        section=section,
        type=catalogue.by_name[name].type,
        rules=rules,
        guards=tuple(_guards(catalogue, name)),
        closed=closed if closed and not _is_idle("closed", closed) else None,
        codes=table.codes if table is not None else frozenset(),
        always_required=_is_always(required),
        always_read_only=_is_always(read_only),
        level=level,
    )


def _guards(catalogue: Catalogue, name: str) -> Iterator[Guard]:
    """The conditions under which an element is shown, outermost first."""
    for each in catalogue.chain(name):
        rule = catalogue.rules[each].get("relevant")
        if rule is not None and not _is_always(rule):
            yield Guard(each, rule, bool(catalogue.owners[each]))


def _is_always(rule: Compiled | None) -> bool:
    return rule is not None and rule.constant and bool(rule.run(NOWHERE))


def _is_idle(field_name: str, rule: Compiled) -> bool:
    """Whether a constant flag never changes anything."""
    if field_name not in FLAGS or not rule.constant:
        return False
    value = bool(rule.run(NOWHERE))
    return value if field_name == "relevant" else not value
