"""Cross-tabulations of 1,000,000 simulated respondents: an answer by province, by sex, weighted or not.

Run: .venv/bin/python benchmarks/crosstabs.py [ROWS]
"""

import sys

import numpy as np
from measure import measured, report

from analytics.methods.crosstabs import Coded, CrossTab, Ticked, crosstab
from analytics.methods.weighting import sample_design

ROWS = 1_000_000
PROVINCES = 34


def main() -> None:
    """Measure each table and check its counts against numpy's own histogram."""
    rows = int(sys.argv[1]) if sys.argv[1:] else ROWS
    rng = np.random.default_rng(1690)
    answer = Coded("answer", tuple("abcde"), rng.integers(-1, 6, rows).astype(np.int8), ("dk",))
    province = Coded(
        "province",
        tuple(map(str, range(PROVINCES))),
        rng.integers(0, PROVINCES, rows).astype(np.int16),
    )
    sex = Coded("sex", ("f", "m"), rng.integers(0, 2, rows).astype(np.int8))
    media = Ticked("media", tuple("abcdefgh"), rng.random((rows, 8)) < 0.3, np.zeros(rows, np.int8))
    design = sample_design(rng.uniform(0.5, 2, rows), strata=province.codes)
    clustered = sample_design(
        rng.uniform(0.5, 2, rows), strata=province.codes, clusters=_clusters(province, rng)
    )
    expected = np.histogram2d(
        answer.codes, province.codes, bins=(np.arange(6) - 0.5, np.arange(PROVINCES + 1) - 0.5)
    )[0]

    with measured(f"answer x province, {rows:,} rows") as m:
        table = crosstab(answer, province)
    m.check(_agrees(table, expected), "histogram")
    with measured("  x sex") as m:
        table = crosstab(answer, province, sex)
    m.check(_agrees(table, expected), "histogram")
    with measured("  8 ticks x province, 8 tests") as m:
        ticked = crosstab(media, province)
    sums = [margin.n for margin in ticked.together.rows]
    m.check(sums == media.ticks.sum(axis=0).tolist(), "ticks")
    with measured(f"weighted, {PROVINCES} strata, Rao-Scott") as m:
        table = crosstab(answer, province, design=design)
    m.check(_agrees(table, expected), "histogram")
    with measured("  x sex") as m:
        table = crosstab(answer, province, sex, design=design)
    m.check(_agrees(table, expected), "histogram")
    with measured("weighted, 20 clusters in each stratum, Rao-Scott") as m:
        table = crosstab(answer, province, design=clustered)
    m.check(_agrees(table, expected), "histogram")
    report()


def _clusters(province: Coded, rng: np.random.Generator) -> np.ndarray:
    return province.codes.astype(np.int64) * 20 + rng.integers(0, 20, len(province.codes))


def _agrees(table: CrossTab, expected: np.ndarray) -> bool:
    counts = np.array([[cell.n for cell in row] for row in table.together.cells])
    return bool((counts == expected).all()) and table.together.associations[0].p is not None


if __name__ == "__main__":
    main()
