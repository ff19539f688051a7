"""Arbitrary rules and answers."""

from decimal import Decimal

from hypothesis import strategies as st

from surveys.engine.model import MissingCode
from surveys.engine.scoring import (
    ChoiceMap,
    Evidence,
    EvidenceMultiplier,
    Given,
    Linear,
    MultipleChoice,
    Ratio,
    Steps,
)

figures = st.decimals(-100_000, 100_000, places=3)
points = st.decimals(0, 1_000, places=2)
some_points = st.decimals(Decimal("0.01"), 1_000, places=2)
codes = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=5).filter(
    str.strip
)
names = st.from_regex(r"[a-z][a-z0-9_.]{0,9}", fullmatch=True)

maps = st.dictionaries(codes, points, min_size=1, max_size=5).map(lambda each: (*each.items(),))
goalposts = st.tuples(figures, figures).filter(lambda pair: pair[0] != pair[1])

choice_maps = st.builds(ChoiceMap, maps)
multiples = st.builds(MultipleChoice, maps, st.none() | some_points)
linears = st.builds(lambda ends, most: Linear(ends[0], ends[1], most), goalposts, some_points)
steps = st.builds(
    lambda pairs, below: Steps(tuple(sorted(pairs.items())), below),
    st.dictionaries(figures, points, min_size=1, max_size=5),
    points,
)
ratios = st.builds(
    lambda above, below, ends, most: Ratio(above, below, ends[0], ends[1], most),
    names,
    names,
    goalposts,
    some_points,
)
simple = choice_maps | multiples | linears | steps | ratios
rules = simple | st.builds(EvidenceMultiplier, simple, points, points, points)

one_answer = st.none() | figures | codes
given = st.builds(
    Given,
    value=one_answer,
    base=st.none() | figures,
    missing=st.none() | st.sampled_from(MissingCode),
    evidence=st.sampled_from(Evidence),
)
