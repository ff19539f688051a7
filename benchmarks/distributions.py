"""The distributions of 100 questions over the columnar copy, also by province: 100,000 and 1,000,000
simulated responses.

Run: .venv/bin/python benchmarks/distributions.py [ROWS ...]

Another process simulates the responses, counts some questions row by row, and writes the copy through
the product's own encoding; this one only reads, so that its peak memory is that of counting.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from measure import measured, prepare_django, report

prepare_django()

from django.conf import settings  # noqa: E402  (after Django is set up)

from analytics.columnar.cells import answer_of  # noqa: E402
from analytics.columnar.counting import Counting, counted  # noqa: E402
from analytics.columnar.distributions import (  # noqa: E402
    Distribution,
    cross_counts,
    distributions,
)
from analytics.columnar.models import ColumnarSegment  # noqa: E402
from analytics.columnar.reading import ColumnarDataset  # noqa: E402
from analytics.dataset import Measure  # noqa: E402
from tests.analytics.columnar.made import (  # noqa: E402
    PROVINCES,
    made_documents,
    made_form,
    made_segment,
    opened_dataset,
)

SIZES = (100_000, 1_000_000)
BARS = {100_000: "1.5 s", 1_000_000: "6 CPU s"}
FORM = made_form(choices=60, several=10, numbers=25, texts=5)
COUNTED = ("c0", "c1", "c9", "c59")
"""Questions that are also counted row by row, while the responses are simulated."""


def main() -> None:
    """Simulate each size in a process of its own, then count it here."""
    for rows in [int(given) for given in sys.argv[1:]] or SIZES:
        built = subprocess.run(
            [sys.executable, __file__, "--build", str(rows), str(settings.COLUMNAR_ROOT)],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        measure(rows, json.loads(built.stdout.splitlines()[-1]))
    report()


def measure(rows: int, told: dict[str, Any]) -> None:
    """Measure the passes over one copy; each is compared with something counted otherwise."""
    dataset = opened_dataset(FORM, [ColumnarSegment(**told["segment"])])
    said = f"{rows:,} rows, {told['segment']['size'] / 1e6:.0f} MB"
    with measured(f"all questions, {said}", bar=BARS.get(rows, "")) as m:
        whole = distributions(dataset)
    m.check(all(each.states.sum() == rows for each in whole.values()), "a state for every cell")

    with measured(f"by province, {said}", bar=BARS.get(rows, "")) as m:
        parted = distributions(dataset, by="@province")
    expected = {name: Counter(dict(map(_pair, told["counts"][name]))) for name in COUNTED}
    found = {name: table_of(parted[name]) for name in COUNTED}
    m.check(found == expected, "4 questions as counted row by row")
    m.check(
        all((parted[n].counts.sum(axis=0) == each.counts[0]).all() for n, each in whole.items()),
        "provinces add up",
    )
    m.check(agrees_with_pandas(dataset), "65,536 rows as pandas counts them")

    with measured(f"c1 by c2 by province, {said}") as m:
        crossed = cross_counts(dataset, ["c1", "c2", "@province"])
    alone = cross_counts(dataset, ["c1", "c2"])
    m.check((crossed.counts.sum(axis=2) == alone.counts).all(), "provinces add up")


def agrees_with_pandas(dataset: ColumnarDataset) -> bool:
    """Whether pandas counts the choices of the first batch by province as the kernel does."""
    import pandas as pd  # noqa: PLC0415  (its memory is none of the kernel's)

    table = next(dataset.batches())
    names = [each.name for each in dataset.variables if each.measure is Measure.CATEGORY]
    tally = counted(table, Counting(categories=tuple(names), by="@province"))
    frame = table.select([*names, "@province"]).to_pandas()
    for name in names:
        crossed = pd.crosstab(frame["@province"].astype(str), frame[name].astype(str))
        cells = tally.cells[name]
        for column, written in enumerate(cells.entries):
            if written is None or answer_of(written) is None:
                continue
            own = {g: int(n) for g, n in zip(tally.groups, cells.rows[:, column], strict=True) if n}
            if own != {g: int(n) for g, n in crossed[written].items() if n}:
                return False
    return len(names) == 60


def table_of(found: Distribution) -> Counter[tuple[str, str]]:
    """Rows by province and category, without noughts."""
    return Counter(
        {
            (str(group), category): int(found.counts[row, place])
            for row, group in enumerate(found.groups)
            for place, category in enumerate(found.categories)
            if found.counts[row, place]
        }
    )


def _pair(told: list[Any]) -> tuple[tuple[str, str], int]:
    province, category, count = told
    return (province, category), count


def build(rows: int, root: str) -> None:
    """Simulate responses, count some questions of them, write them, and say where they are."""
    settings.COLUMNAR_ROOT = root
    counts: dict[str, Counter[tuple[str, str]]] = {name: Counter() for name in COUNTED}

    def simulated() -> Iterator[dict[str, Any]]:
        for number, document in enumerate(made_documents(FORM, rows, seed=1690), start=1):
            for name in COUNTED:
                if chosen := document["answers"].get(name):
                    counts[name][(PROVINCES[number % len(PROVINCES)], chosen)] += 1
            yield document

    segment = made_segment(FORM, simulated())
    told = {name: [[*pair, count] for pair, count in each.items()] for name, each in counts.items()}
    fields = ("file", "size", "rows", "tombstones", "sha256", "newest_revision")
    written = {name: getattr(segment, name) for name in fields}
    print(json.dumps({"segment": written, "counts": told}))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        build(int(sys.argv[2]), sys.argv[3])
    else:
        main()
