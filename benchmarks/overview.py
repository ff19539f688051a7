"""The live overview of 4,000 assignments: the figures, a page of the table, the whole page.

Run: .venv/bin/python benchmarks/overview.py
"""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import partial

from measure import prepare_django, repeated, report

prepare_django()

from django.test import Client  # noqa: E402  (after Django is set up)
from django.urls import reverse  # noqa: E402

from surveys.campaigns import queries  # noqa: E402
from surveys.campaigns.deadlines import end_of, start_of  # noqa: E402
from surveys.campaigns.enums import AssignmentStatus, RoundStatus  # noqa: E402
from surveys.campaigns.queries import UnitFilters, Units  # noqa: E402
from surveys.definitions import dump  # noqa: E402
from surveys.engine import Definition  # noqa: E402
from surveys.models import (  # noqa: E402
    Agency,
    Assignment,
    Campaign,
    DepartmentRole,
    Questionnaire,
    Round,
    User,
)
from surveys.organisations.enums import AgencyType, DepartmentRoleName  # noqa: E402
from surveys.organisations.search import search_key, sort_key  # noqa: E402

UNITS = 4_000
TIMES = 20
BAR = "0.1 s"
NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
PROVINCES = 34


def main() -> None:
    """Seed a round, then measure each part and check it against what was seeded."""
    round_ = seed()
    expected = Counter(Assignment.objects.values_list("status", flat=True))
    follower = User.objects.get()

    seen, m = repeated(
        "six figures, late, by type", lambda: queries.overview(round_, NOW), times=TIMES, bar=BAR
    )
    m.check(seen.counts.by_status == expected, f"{seen.counts.total} by status")

    def page(filters: UnitFilters) -> Units:
        return queries.units(round_, filters, at=NOW)

    units, m = repeated("a page of agencies", lambda: page(UnitFilters()), times=TIMES, bar=BAR)
    m.check([row.status for row in units.rows] == ["returned"] * 100, "100 returned first")

    wanted = UnitFilters(text="xã 12", sort="agency")
    units, m = repeated("agencies found by text", lambda: page(wanted), times=TIMES, bar=BAR)
    m.check(units.page.paginator.count == 111, "111 found")

    client = Client()
    client.force_login(follower)
    for name in ("round_overview", "round_figures", "round_units"):
        url = reverse(name, kwargs={"code": round_.code})
        response, m = repeated(f"{name}: request", partial(client.get, url), times=TIMES, bar=BAR)
        m.check(response.status_code == 200, f"{len(response.content):,} bytes")
        m.check("4.000" in response.content.decode(), "4.000 stands on it")
    report()


def seed() -> Round:
    """A round of 34 provinces and 3,966 communes in all statuses, and one person who follows it."""
    owner = agency(0, AgencyType.DEPARTMENT, "Cục Chuyển đổi số quốc gia")
    owner.save()
    person = User.objects.create_user("theo-doi@example.gov.vn", full_name="Phạm Quang Huy")
    DepartmentRole.objects.create(user=person, owner=owner, role=DepartmentRoleName.VERIFIER)
    questionnaire = Questionnaire.objects.create(code="phieu", owner=owner, created_at=NOW)
    version = questionnaire.versions.create(
        number=1,
        status="published",
        title="Phiếu",
        definition=dump(Definition(code="phieu", title={"vi": "Phiếu"})),
        created_at=NOW,
    )
    campaign = Campaign.objects.create(
        code="dot",
        owner=owner,
        questionnaire=questionnaire,
        title="Góp ý về chín nền tảng",
        basis_number="Quyết định 1690/QĐ-TTg",
        targets={"types": [AgencyType.PROVINCE, AgencyType.COMMUNE]},
        created_at=NOW,
    )
    round_ = Round.objects.create(
        campaign=campaign,
        code="ky",
        period="Năm 2026",
        reference_date=date(2026, 11, 1),
        version=version,
        status=RoundStatus.OPEN,
        opens_at=start_of(date(2026, 11, 1)),
        closes_at=end_of(date(2026, 11, 15)),
        created_at=NOW,
    )
    agencies = [
        agency(n, AgencyType.PROVINCE if n <= PROVINCES else AgencyType.COMMUNE, f"Xã {n}")
        for n in range(1, UNITS + 1)
    ]
    Agency.objects.bulk_create(agencies)
    dice = random.Random(1690)
    Assignment.objects.bulk_create([assignment(round_, each, dice) for each in agencies])
    return round_


def agency(number: int, kind: AgencyType, name: str) -> Agency:
    """An agency that is not saved yet."""
    return Agency(
        key=f"co-quan-{number}",
        name=name,
        type=kind,
        path=f"{number:08}/",
        official_order=number,
        search_key=search_key(name),
        sort_key=sort_key(name),
    )


def assignment(round_: Round, asked: Agency, dice: random.Random) -> Assignment:
    """A duty somewhere on its way."""
    drawn = (
        AssignmentStatus.NOT_STARTED,
        AssignmentStatus.DRAFT,
        AssignmentStatus.AWAITING_SIGNATURE,
        AssignmentStatus.SUBMITTED,
        AssignmentStatus.RETURNED,
    )
    status = dice.choices(drawn, weights=(20, 25, 10, 40, 5))[0]
    answered = {AssignmentStatus.NOT_STARTED: 0, AssignmentStatus.DRAFT: dice.randrange(25)}
    return Assignment(
        round=round_,
        agency=asked,
        version_id=round_.version_id,
        status=status,
        answered=answered.get(status, 25),
        total=25,
        due_at=round_.closes_at,
        last_activity=NOW - timedelta(minutes=dice.randrange(20_000)),
    )


if __name__ == "__main__":
    main()
