"""One form for conditions that are said differently and mean the same."""

from collections.abc import Iterable, Iterator
from typing import Final

from surveys.engine.expressions.nodes import Text
from surveys.engine.sentences.model import ALWAYS, NEVER, Comparison, Condition, Group, Joined, Term
from surveys.engine.sentences.operands import bare, is_literal

NEGATED: Final = {
    Comparison.IS: Comparison.IS_NOT,
    Comparison.IS_NOT: Comparison.IS,
    Comparison.ONE_OF: Comparison.NONE_OF,
    Comparison.NONE_OF: Comparison.ONE_OF,
    Comparison.INCLUDES: Comparison.INCLUDES_NONE,
    Comparison.INCLUDES_NONE: Comparison.INCLUDES,
    Comparison.ANSWERED: Comparison.BLANK,
    Comparison.BLANK: Comparison.ANSWERED,
}
"""The others are not exact opposites: a blank is neither more nor at most."""

SINGLE: Final = {
    Comparison.ONE_OF: Comparison.IS,
    Comparison.NONE_OF: Comparison.IS_NOT,
    Comparison.INCLUDES_ALL: Comparison.INCLUDES,
}
OF_BLANK: Final = {Comparison.IS: Comparison.BLANK, Comparison.IS_NOT: Comparison.ANSWERED}
LISTS: Final = {
    Joined.ANY: {
        frozenset({Comparison.IS, Comparison.ONE_OF}): Comparison.ONE_OF,
        frozenset({Comparison.INCLUDES}): Comparison.INCLUDES,
    },
    Joined.ALL: {
        frozenset({Comparison.IS_NOT, Comparison.NONE_OF}): Comparison.NONE_OF,
        frozenset({Comparison.INCLUDES_NONE}): Comparison.INCLUDES_NONE,
    },
}
"""Which neighbours about one subject become one term."""


def normal(condition: Condition) -> Condition:
    """The condition as ``read`` gives it back: neighbours about one subject are one term, groups in
    groups of their kind are dissolved, what can be said without "none of" is.
    """
    if isinstance(condition, Term):
        return _term(condition)
    kind = condition.kind
    inside = Joined.ALL if kind is Joined.ALL else Joined.ANY
    parts = _merged(inside, _flat(inside, (normal(part) for part in condition.parts)))
    if kind is Joined.NONE:
        return _none_of(parts)
    return parts[0] if len(parts) == 1 else Group(kind, parts)


def negated(condition: Condition) -> Condition | None:
    """The exact opposite as a single term or group; None where only "none of" says it."""
    if isinstance(condition, Term):
        comparison = NEGATED.get(condition.comparison)
        return Term(condition.subject, comparison, condition.values) if comparison else None
    if condition == ALWAYS:
        return NEVER
    if condition.kind is Joined.NONE:
        return normal(Group(Joined.ANY, condition.parts))
    return None


def _none_of(parts: tuple[Condition, ...]) -> Condition:
    if not parts:
        return ALWAYS
    opposite = negated(parts[0]) if len(parts) == 1 else None
    return opposite or Group(Joined.NONE, parts)


def _term(term: Term) -> Term:
    comparison, values = term.comparison, tuple(bare(value) for value in term.values)
    if len(values) == 1:
        comparison = SINGLE.get(comparison, comparison)
        if comparison in OF_BLANK and values == (Text("", 0),):
            comparison, values = OF_BLANK[comparison], ()
    return Term(bare(term.subject), comparison, values)


def _flat(kind: Joined, parts: Iterable[Condition]) -> Iterator[Condition]:
    for part in parts:
        if isinstance(part, Group) and part.kind is kind:
            yield from part.parts
        else:
            yield part


def _merged(kind: Joined, parts: Iterable[Condition]) -> tuple[Condition, ...]:
    found: list[Condition] = []
    for part in parts:
        last = found[-1] if found else None
        both = _pair(kind, last, part) if last is not None else None
        if both is None:
            found.append(part)
        else:
            found[-1] = both
    return tuple(found)


def _pair(kind: Joined, one: Condition, other: Condition) -> Term | None:
    """Two neighbours as one term; None where they stay two."""
    if not (isinstance(one, Term) and isinstance(other, Term) and one.subject == other.subject):
        return None
    values = (*one.values, *other.values)
    pair = (one.comparison, other.comparison)
    if kind is Joined.ALL and pair == (Comparison.AT_LEAST, Comparison.AT_MOST):
        return Term(one.subject, Comparison.BETWEEN, values)
    if kind is Joined.ALL and _is_inclusion(one) and _is_inclusion(other):
        return Term(one.subject, Comparison.INCLUDES_ALL, values)
    if not all(is_literal(value) for value in values):
        return None
    for comparisons, whole in LISTS[kind].items():
        if comparisons.issuperset(pair):
            return Term(one.subject, whole, values)
    return None


def _is_inclusion(term: Term) -> bool:
    """Whether the term says that every one of its values is chosen."""
    if term.comparison is Comparison.INCLUDES_ALL:
        return True
    return term.comparison is Comparison.INCLUDES and len(term.values) == 1
