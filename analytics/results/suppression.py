"""Which totals of confidential answers are too small to be shown. Plain arithmetic."""

from collections.abc import Mapping
from typing import Final

FEWEST: Final = 3
"""Of fewer answers, one agency that knows its own could work out another's."""


def is_too_small(answered: int) -> bool:
    """Whether a total over so many answers tells of a single one; a total of none tells nothing."""
    return 0 < answered < FEWEST


def hidden_groups(answered: Mapping[str, int]) -> frozenset[str]:
    """The groups whose figures are not shown beside their total, by how many answered in each.

    Small groups are hidden first; then the next smallest, until what is hidden together is no longer
    small: the total less what is shown would give it away.
    """
    hidden = {name for name, number in answered.items() if is_too_small(number)}
    shown = sorted((number, name) for name, number in answered.items() if number >= FEWEST)
    for _number, name in shown:
        if not is_too_small(sum(answered[each] for each in hidden)):
            break
        hidden.add(name)
    return frozenset(hidden)
