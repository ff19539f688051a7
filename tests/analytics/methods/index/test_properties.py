"""Whatever the method and however bad the figures: a figure or a reason, never a crash or a bare NaN."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.definitions import Reason, read
from analytics.definitions.vocabulary import (
    AggregationMethod,
    ImputationMethod,
    NormalisationMethod,
    TreatmentMethod,
    WeightingMethod,
)
from analytics.methods.index import TABLES, IndexTables, compute
from tests.analytics.definitions.example import plain

PANEL = {
    ImputationMethod.LATEST,
    ImputationMethod.LINEAR,
    ImputationMethod.CONSTANT,
    ImputationMethod.LINEAR_CONSTANT,
}
CELLS = st.one_of(
    st.none(),
    st.sampled_from([0, 0.0, 1, -1, 5, 0.1 + 0.2, 0.3, 1e-300, 1e12, "KAD", "HC", "x", ""]),
    st.integers(-3, 12),
    st.floats(-10, 110, allow_subnormal=False),
)


@st.composite
def tables_of_units(draw):
    size = draw(st.integers(0, 9))
    columns = {name: draw(st.lists(CELLS, min_size=size, max_size=size)) for name in "abc"}
    region = draw(st.lists(st.sampled_from(["x", "y", None]), min_size=size, max_size=size))
    return pd.DataFrame(
        {**columns, "region": region}, index=[f"u{n}" for n in range(size)], dtype=object
    )


@st.composite
def definitions(draw):
    document = plain(
        normalisation={
            "method": draw(st.sampled_from(sorted(set(NormalisationMethod) - {"points"}))),
            "goalposts": [0, 10],
            "target": 6,
            "reference": "u1",
            "thresholds": [0.3, 5],
            "values": [0, 1, 2],
            "constant": draw(st.sampled_from(["exclude", "fixed"])),
            "constant_value": 1,
        },
        missing={
            "imputation": {
                "method": draw(st.sampled_from(sorted(ImputationMethod))),
                "group": "region",
                "value": 1,
            },
            "not_applicable": draw(st.sampled_from(["exclude", "zero", "full"])),
        },
        treatment={
            "method": draw(st.sampled_from(sorted(TreatmentMethod))),
            "few_levels": draw(st.sampled_from([0, 10])),
        },
        screening={"by": draw(st.sampled_from(["none", "missing", "zeros", "both"]))},
        weighting={
            "method": draw(st.sampled_from(sorted(set(WeightingMethod) - {"ahp", "budget"})))
        },
        scale=draw(st.sampled_from([[0, 100], [1, 100]])),
        levels=[
            {"nodes": ["p"], "bands": [{"level": 0}, {"level": 1, "from": 0.3}]},
            {
                "nodes": ["index"],
                "bands": [{"level": 0}, {"level": 1, "gates": [{"kind": "count", "level": 1}]}],
            },
        ],
        boundaries=draw(
            st.sampled_from(
                [
                    [],
                    [{"into": "X", "from": ["u0", "u1"], "keep": True}],
                    [{"into": "X", "from": ["u0", "u2"], "rule": "sum"}],
                ]
            )
        ),
    )
    steps = [{"value": 1, "threshold": 0.5, "count": 1}]
    for node in (document["tree"], document["tree"]["children"][0]):
        method = draw(st.sampled_from(sorted(AggregationMethod)))
        node["aggregation"] = {
            "method": method,
            "power": draw(st.sampled_from([-1, 0.5, 2])),
            "steps": steps,
        }
        node["minimum_coverage"] = draw(st.sampled_from([0, 0.5, 1]))
    return read(document)


@settings(max_examples=300, deadline=None)
@given(definition=definitions(), units=tables_of_units())
def test_a_figure_or_a_reason(definition, units):
    tables = compute(definition, units)

    for name in TABLES:
        table = getattr(tables, name)
        assert (np.isnan(table.values) == (table.why != 0)).all(), name
        assert np.isfinite(table.values[table.why == 0]).all(), name
    for grid in (tables.gaps.gap, tables.gaps.attainment, tables.gaps.weighted):
        assert (np.isnan(grid.values) == (grid.why != 0)).all()


@settings(max_examples=150, deadline=None)
@given(definition=definitions(), units=tables_of_units())
def test_contributions_add_up_wherever_there_are_some(definition, units):
    tables = compute(definition, units)
    scores = tables.scores.column("index")
    parts = tables.contributions.values

    told = np.all(~np.isnan(parts), axis=1)
    assert parts[told].sum(axis=1) == pytest.approx(scores[told], rel=1e-8, abs=1e-8)
    additive = {AggregationMethod.ARITHMETIC, AggregationMethod.SUM}
    if {
        node.aggregation.method for node in definition.nodes()
    } <= additive and not definition.boundaries:
        assert bool(np.all(told | np.isnan(scores)))


@settings(max_examples=100, deadline=None)
@given(definition=definitions(), units=tables_of_units(), seed=st.integers(0, 99))
def test_the_order_of_units_changes_nobodys_place(definition, units, seed):
    order = np.random.default_rng(seed).permutation(len(units))

    ranks, other = (
        places(compute(definition, units)),
        places(compute(definition, units.iloc[order])),
    )

    assert ranks == other


def places(tables: IndexTables) -> dict[str, str | None]:
    return dict(zip(tables.units, tables.ranks["index"].overall_labels, strict=True))


def test_every_reason_has_one_number():
    assert len(set(Reason)) == len(list(Reason))
