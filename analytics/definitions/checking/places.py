"""Where the nodes of a definition stand in its JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from analytics.definitions.model import IndexDefinition, Leaf, NodeDefinition
from analytics.definitions.problems import Problem, Severity


def placed_nodes(definition: IndexDefinition) -> Iterator[tuple[NodeDefinition, str]]:
    """Every node with its JSON path, parents first: the tree, then what stands beside it."""
    yield from _below(definition.tree, "$.tree")
    for number, node in enumerate(definition.support):
        yield from _below(node, f"$.support[{number}]")


def placed_leaves(node: NodeDefinition, path: str) -> Iterator[tuple[Leaf, str]]:
    """Every leaf under a node with its JSON path."""
    for number, child in enumerate(node.children):
        place = f"{path}.children[{number}]"
        if isinstance(child, NodeDefinition):
            yield from placed_leaves(child, place)
        else:
            yield child, place


def repeated(codes: Iterable[str]) -> set[str]:
    """Those that occur more than once."""
    return {code for code, times in Counter(codes).items() if times > 1}


def warning(code: str, path: str, advice: str, **data: Any) -> Problem:
    """A problem that an index can be computed in spite of."""
    return Problem(code, path, advice, data, Severity.WARNING)


def error(code: str, path: str, advice: str, **data: Any) -> Problem:
    """A problem that keeps an index from being computed."""
    return Problem(code, path, advice, data)


def _below(node: NodeDefinition, path: str) -> Iterator[tuple[NodeDefinition, str]]:
    yield node, path
    for number, child in enumerate(node.children):
        if isinstance(child, NodeDefinition):
            yield from _below(child, f"{path}.children[{number}]")
