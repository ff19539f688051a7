"""Which name hangs on which: cycles, the order of calculation, the way of a change."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from typing import Final

from surveys.engine.expressions import Compiled
from surveys.engine.form import VALUE_FIELDS, Edge
from surveys.engine.model import Element, Group, Question, Repeat, Table, Totals

Graph = dict[str, set[str]]
"""For each name, the names its value needs."""

MAX_CYCLES: Final = 20


def value_graph(
    elements: Mapping[str, Element],
    parents: Mapping[str, str],
    rules: Mapping[str, Mapping[str, Compiled]],
) -> Graph:
    """What each name's value needs: its own expressions and whatever shows or hides it."""
    graph: Graph = {name: set() for name in elements}
    for name, element in elements.items():
        needs = graph[name]
        if parents[name]:
            needs.add(parents[name])
        for field in VALUE_FIELDS:
            rule = rules[name].get(field)
            if rule is None or (field == "calculation" and _is_triggered(element)):
                continue
            needs |= _closing(rule, elements, rules) if field == "closed" else rule.references
    return graph


def cycles(graph: Graph) -> list[list[str]]:
    """Each cycle's members in order, the first repeated at the end; of many the first twenty."""
    rest = {name: set(needs) for name, needs in graph.items()}
    found: list[list[str]] = []
    while len(found) < MAX_CYCLES:
        try:
            TopologicalSorter(rest).prepare()
        except CycleError as refusal:
            cycle = list(reversed(refusal.args[1]))
            found.append(cycle)
            rest[cycle[0]].discard(cycle[1])
        else:
            break
    return found


def tangled(graph: Graph) -> set[str]:
    """Every name on a circle or between two of them: without their needs the rest has an order."""
    needed_by: Graph = {name: set() for name in graph}
    for name, needs in graph.items():
        for needed in needs:
            needed_by.setdefault(needed, set()).add(name)
    return set(graph) - _sortable(graph) - _sortable(needed_by)


def ordered(graph: Graph) -> list[str]:
    """The names so that each comes after what it needs; the graph has no cycle."""
    return list(TopologicalSorter(graph).static_order())


def reverse_edges(
    elements: Mapping[str, Element],
    owners: Mapping[str, str],
    rules: Mapping[str, Mapping[str, Compiled]],
    mentions: Mapping[str, set[str]],
) -> dict[str, tuple[Edge, ...]]:
    """For each name, what must be looked at again when it changes.

    ``mentions`` are the names that an element's labels and messages speak of.
    """
    edges: defaultdict[str, dict[Edge, None]] = defaultdict(dict)
    for name, element in elements.items():
        for field, rule in rules[name].items():
            targets = [name]
            if field == "closed" and isinstance(element, Table):
                targets = [column.name for column in element.columns]
            _enter(edges, rule, targets, is_whole=field in {"relevant", "repeat_count"})
        for child in _children(element):
            if isinstance(element, Group):
                is_same_row = owners[child.name] == owners[name]
                edges[name][Edge(child.name, is_same_row, is_whole=True)] = None
        if isinstance(element, Table) and element.totals is not Totals.NONE:
            for column in element.columns:
                edges[column.name][Edge(name, is_same_row=False)] = None
    _enter_unique(elements, owners, edges)
    for name, named in mentions.items():
        for needed in named & elements.keys():
            is_same_row = bool(owners[name]) and owners[needed] == owners[name]
            edges[needed][Edge(name, is_same_row)] = None
    _pass_on(elements, owners, edges)
    return {name: tuple(found) for name, found in edges.items()}


def _closing(
    rule: Compiled, elements: Mapping[str, Element], rules: Mapping[str, Mapping[str, Compiled]]
) -> set[str]:
    """What must be known before it is known whether cells are closed.

    Cells of the own row are read as if open; what they are computed from is read as it is.
    """
    needs = set(rule.anywhere)
    for cell in rule.same_row:
        fields = ("relevant",) if _is_triggered(elements[cell]) else ("relevant", "calculation")
        for field in fields:
            if (computed := rules[cell].get(field)) is not None:
                needs |= computed.references
    return needs


def _enter(
    edges: Mapping[str, dict[Edge, None]],
    rule: Compiled,
    targets: Iterable[str],
    *,
    is_whole: bool,
) -> None:
    for target in targets:
        for needed in rule.same_row:
            edges[needed][Edge(target, is_same_row=True, is_whole=is_whole)] = None
        for needed in rule.anywhere:
            edges[needed][Edge(target, is_same_row=False, is_whole=is_whole)] = None


def _enter_unique(
    elements: Mapping[str, Element],
    owners: Mapping[str, str],
    edges: Mapping[str, dict[Edge, None]],
) -> None:
    """An answer that must be unique is judged again when one of another row changes or goes."""
    for name, element in elements.items():
        if isinstance(element, Question) and element.is_unique and owners[name]:
            for needed in (name, owners[name]):
                edges[needed][Edge(name, is_same_row=False)] = None


def _pass_on(
    elements: Mapping[str, Element],
    owners: Mapping[str, str],
    edges: Mapping[str, dict[Edge, None]],
) -> None:
    """A repeat or table that comes or goes moves whatever reads its questions from outside."""
    for name, owner in owners.items():
        if owner and isinstance(elements[name], Question):
            for edge in list(edges[name]):
                if owners.get(edge.dependent) != owner and edge.dependent != owner:
                    edges[owner][Edge(edge.dependent, is_same_row=False)] = None


def _sortable(graph: Graph) -> set[str]:
    """The names whose needs can all be met."""
    sorter = TopologicalSorter(graph)
    with suppress(CycleError):
        sorter.prepare()  # what stands before the circles is given out all the same
    found: set[str] = set()
    while ready := sorter.get_ready():
        found.update(ready)
        sorter.done(*ready)
    return found


def _children(element: Element) -> tuple[Element, ...]:
    return element.children if isinstance(element, Group | Repeat) else ()


def _is_triggered(element: Element) -> bool:
    return isinstance(element, Question) and bool(element.trigger)
