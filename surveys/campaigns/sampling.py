"""Stratified random samples with proportional allocation.

Source: W. G. Cochran, Sampling Techniques, 3rd ed., Wiley 1977, section 5.5 (proportional
allocation); whole numbers by the largest remainder.
"""

import random
from collections.abc import Mapping, Sequence
from math import floor


def allocate(sizes: Mapping[str, int], total: int) -> dict[str, int]:
    """How many to draw from each stratum: ``total`` in proportion to the sizes, none above its size.

    Every stratum that has anybody gives at least one as long as ``total`` reaches. The sum is
    ``total``, or everybody where there are fewer. Raises ValueError for a negative total.
    """
    if total < 0:
        raise ValueError(f"a sample of {total}")
    people = sum(sizes.values())
    total = min(total, people)
    if not total:
        return dict.fromkeys(sizes, 0)
    shares = {name: total * size / people for name, size in sizes.items()}
    drawn = {name: min(floor(share), sizes[name]) for name, share in shares.items()}
    # Whoever would give nobody comes first, then the largest remainder; names break ties.
    order = sorted(
        sizes, key=lambda name: (drawn[name] > 0, -(shares[name] - floor(shares[name])), name)
    )
    while (missing := total - sum(drawn.values())) > 0:
        for name in [name for name in order if drawn[name] < sizes[name]][:missing]:
            drawn[name] += 1
    return _with_everybody(drawn, sizes, total)


def _with_everybody(drawn: dict[str, int], sizes: Mapping[str, int], total: int) -> dict[str, int]:
    """Take from the largest so that no stratum with members stays out, if ``total`` reaches."""
    empty = sorted(name for name, size in sizes.items() if size and not drawn[name])
    if total < sum(size > 0 for size in sizes.values()):
        return drawn
    for name in empty:
        largest = max(drawn, key=lambda each: (drawn[each], each))
        drawn[largest] -= 1
        drawn[name] = 1
    return drawn


def draw(strata: Mapping[str, Sequence[int]], total: int, *, seed: int) -> set[int]:
    """Members drawn at random from each stratum; the same for the same strata, total and seed.

    Each stratum is shuffled by the seed and its own name, in the order of its sorted members, so
    that another stratum's growth does not change who is drawn from this one.
    """
    numbers = allocate({name: len(members) for name, members in strata.items()}, total)
    chosen: set[int] = set()
    for name, members in strata.items():
        generator = random.Random(f"{seed}:{name}")  # noqa: S311  (repeatable, not secret)
        chosen.update(generator.sample(sorted(members), numbers[name]))
    return chosen
