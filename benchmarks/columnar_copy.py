"""The columnar copy of a round of 100,000 responses with 100 questions: built, appended to, compacted,
read and checked.

Run: .venv/bin/python benchmarks/columnar_copy.py [ROWS]

On SQLite always; with ``DATABASE_URL`` naming an empty PostgreSQL database, there as well.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from measure import measured, prepare_django, report

prepare_django()

import numpy as np  # noqa: E402  (after Django is set up)

from analytics.columnar import services  # noqa: E402
from analytics.columnar.checking import check  # noqa: E402
from analytics.columnar.models import ColumnarSegment  # noqa: E402
from analytics.columnar.reading import dataset_of  # noqa: E402
from surveys.definitions import dump  # noqa: E402
from surveys.models import Agency, Assignment, Response, ResponseRevision, Round  # noqa: E402
from surveys.organisations.enums import AgencyType  # noqa: E402
from tests.analytics.columnar.made import made_documents, made_form  # noqa: E402
from tests.surveys.campaigns.factories import (  # noqa: E402
    CampaignFactory,
    RoundFactory,
    VersionFactory,
)

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
FORM = made_form(choices=60, several=10, numbers=25, texts=5)
ADDED = 1_000
APPENDS = 9
CHUNK = 2_000


def main() -> None:
    """Seed a round, then measure each step of its copy's life."""
    rows = int(sys.argv[1]) if sys.argv[1:] else 100_000
    if os.environ.get("DATABASE_URL"):
        alone = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        subprocess.run([sys.executable, __file__, *sys.argv[1:]], check=True, env=alone)
    round_ = seeded(rows + APPENDS * ADDED, signed=rows)
    expected = sums_of_first_figure(round_)

    with measured(f"build {rows:,}") as m:
        written = services.rebuild(round_, at=AT)
    size = sum(ColumnarSegment.objects.values_list("size", flat=True))
    m.check(written == rows, f"{rows:,} rows, {size / 1e6:.1f} MB")
    dataset = dataset_of(round_, columns=["n0"])
    m.check(np.nansum(dataset.numbers("n0")) == expected, "the sum of a figure as in the table")

    waiting = list(Response.objects.filter(assignment__status="draft").values_list("pk", flat=True))
    for number in range(APPENDS):
        new = waiting[number * ADDED : (number + 1) * ADDED]
        Assignment.objects.filter(response__in=new).update(status="submitted")
        with measured(f"append {ADDED:,} (number {number + 1})") as m:
            written = services.append(round_, new, at=AT)
        m.check(written == ADDED, f"{written:,} rows")

    with measured("compact the small segments") as m:
        merged = services.compact(round_, at=AT)
    m.check(merged >= APPENDS, f"{ColumnarSegment.objects.count()} left")

    with measured("check count, checksum and hashes") as m:
        found = check(round_)
    m.check(found.is_sound and found.rows == rows + APPENDS * ADDED, f"{found.checksum}")

    with measured("read all columns into one table") as m:
        table = dataset_of(round_).table
    m.check(table.num_rows == found.rows, f"{table.num_rows:,} rows, {table.num_columns} columns")
    report()


def seeded(count: int, *, signed: int) -> Round:
    """A round in which so many agencies of 34 provinces have answered, the last ones not yet signed."""
    campaign = CampaignFactory.create()
    version = VersionFactory.create(
        questionnaire=campaign.questionnaire, definition=dump(FORM.definition)
    )
    round_ = RoundFactory.create(campaign=campaign, version=version, status="open", opened_at=AT)
    provinces = [agency(f"tinh-{number:02}", AgencyType.PROVINCE, None) for number in range(34)]
    Agency.objects.bulk_create(provinces)
    for each in provinces:
        each.path = f"{each.pk:08}/"
    Agency.objects.bulk_update(provinces, ["path"])
    texts = (json.dumps(document) for document in made_documents(FORM, count, seed=1690))
    for start in range(0, count, CHUNK):
        units = [
            agency(f"xa-{number:07}", AgencyType.COMMUNE, provinces[number % 34])
            for number in range(start, min(start + CHUNK, count))
        ]
        seed_chunk(round_, units, list(islice(texts, len(units))), signed - start)
    return round_


def seed_chunk(round_: Round, units: list[Agency], texts: list[str], signed: int) -> None:
    """Some agencies with their answers; the first ``signed`` of them count."""
    Agency.objects.bulk_create(units)
    assignments = Assignment.objects.bulk_create(
        Assignment(
            round=round_,
            agency=unit,
            version=round_.version,
            status="submitted" if number < signed else "draft",
            due_at=AT,
            submitted_at=AT,
        )
        for number, unit in enumerate(units)
    )
    responses = Response.objects.bulk_create(
        Response(assignment=each, version=round_.version, started_at=AT) for each in assignments
    )
    ResponseRevision.objects.bulk_create(
        ResponseRevision(
            response=response,
            number=1,
            kind="signed",
            version=round_.version,
            canonical=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            at=AT,
        )
        for response, text in zip(responses, texts, strict=True)
    )


def agency(key: str, kind: str, parent: Agency | None) -> Agency:
    """An agency that is not stored yet."""
    path = f"{parent.path}99999999/" if parent else ""
    return Agency(
        key=key, name=key, type=kind, parent=parent, path=path, search_key=key, sort_key=key
    )


def sums_of_first_figure(round_: Round) -> float:
    """The sum of the first figure over the signed texts, read one by one."""
    texts: Iterator[Any] = (
        ResponseRevision.objects.filter(
            response__assignment__round=round_, response__assignment__status="submitted"
        )
        .values_list("canonical", flat=True)
        .iterator(chunk_size=CHUNK)
    )
    return float(sum(int(json.loads(text)["answers"].get("n0", 0)) for text in texts))


if __name__ == "__main__":
    main()
