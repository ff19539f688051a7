"""What a Monte Carlo run varies: every option must work where the definition's own does."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from analytics.definitions.checking.indicators import indicator_problems
from analytics.definitions.checking.tree import tree_problems
from analytics.definitions.model import IndexDefinition, Leaf, NodeDefinition
from analytics.definitions.problems import Problem
from analytics.definitions.specs import Aggregation
from analytics.definitions.vocabulary import AggregationMethod

_MEANS = {
    AggregationMethod.ARITHMETIC,
    AggregationMethod.GEOMETRIC,
    AggregationMethod.HARMONIC,
    AggregationMethod.POWER,
}


def uncertainty_problems(definition: IndexDefinition) -> Iterator[Problem]:
    """What the definition would have wrong with an option in place of its own, once per code and
    option. A mean that a scale reaching 0 cannot feed is a warning: such runs fail."""
    varied = definition.uncertainty
    for number, rule in enumerate(varied.normalisation):
        place = f"$.uncertainty.normalisation[{number}]"
        variant = replace(definition, normalisation=rule)
        yield from _added(definition, variant, indicator_problems, place)
    for number, mean in enumerate(varied.aggregation):
        place = f"$.uncertainty.aggregation[{number}]"
        variant = replace(definition, tree=_with_mean(definition.tree, mean))
        yield from _added(definition, variant, tree_problems, place)


def _added(
    definition: IndexDefinition,
    variant: IndexDefinition,
    problems: Callable[[IndexDefinition], Iterable[Problem]],
    place: str,
) -> Iterator[Problem]:
    known = {(problem.code, problem.path) for problem in problems(definition)}
    told: set[str] = set()
    for problem in problems(variant):
        if (problem.code, problem.path) not in known and problem.code not in told:
            told.add(problem.code)
            yield replace(problem, path=place, advice=f"{problem.path}: {problem.advice}")


def _with_mean(node: NodeDefinition, mean: Aggregation) -> NodeDefinition:
    children = tuple(
        child if isinstance(child, Leaf) else _with_mean(child, mean) for child in node.children
    )
    own = mean if node.aggregation.method in _MEANS else node.aggregation
    return replace(node, children=children, aggregation=own)
