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
    QuestionnaireVersion,
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
    expected = Counter(round_.assignments.values_list("status", flat=True))
    follower = User.objects.get()

    seen, m = repeated(
        "six figures, late, by type", lambda: queries.overview(round_, NOW), times=TIMES, bar=BAR
    )
    m.check(+Counter(seen.counts.by_status) == expected, f"{seen.counts.total} by status")

    def page(filters: UnitFilters) -> Units:
        return queries.units(round_, filters, at=NOW)

    units, m = repeated("a page of agencies", lambda: page(UnitFilters()), times=TIMES, bar=BAR)
    m.check([row.status for row in units.rows] == ["returned"] * 50, "50 returned first")

    wanted = UnitFilters(text="xã 12", sort="agency")
    units, m = repeated("agencies found by text", lambda: page(wanted), times=TIMES, bar=BAR)
    m.check(units.page.paginator.count == 110, "110 found")

    rows, m = repeated(
        "provinces with their communes",
        lambda: queries.provinces(round_, at=NOW, with_communes=True),
        times=TIMES,
        bar=BAR,
    )
    asked = sum(row.communes.total for row in rows if row.communes)
    m.check((len(rows), asked) == (PROVINCES, UNITS - PROVINCES), "34 provinces, 3,966 communes")

    course, m = repeated(
        "progress of three rounds of 4,000",
        lambda: queries.progress(round_, seen.counts, last_due=seen.last_due, at=NOW),
        times=TIMES,
        bar=BAR,
    )
    ended = any(day.shares[1:] == (100, 100) for day in course.days)
    m.check(ended, "all submitted in both earlier rounds")

    client = Client()
    client.force_login(follower)
    for name in ("round_overview", "round_figures", "round_units", "round_units_file"):
        url = reverse(name, kwargs={"code": round_.code})
        bar = BAR if name == "round_overview" else ""
        response, m = repeated(f"{name}: request", partial(client.get, url), times=TIMES, bar=bar)
        m.check(response.status_code == 200, f"{len(response.content):,} bytes")
        said = response.content.decode()
        whole = said.count("\n") == UNITS + 1 if name == "round_units_file" else "4.000" in said
        m.check(whole, "4.000 stand on it")
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
    provinces = Agency.objects.bulk_create(
        agency(n, AgencyType.PROVINCE, f"Tỉnh {n}") for n in range(1, PROVINCES + 1)
    )
    communes = Agency.objects.bulk_create(
        agency(n, AgencyType.COMMUNE, f"Xã {n}", parent=provinces[n % PROVINCES])
        for n in range(PROVINCES + 1, UNITS + 1)
    )
    dice = random.Random(1690)
    before: Round | None = None
    for year in (2024, 2025, 2026):
        before = a_round(campaign, version, year, before)
        made = [assignment(before, each, dice) for each in (*provinces, *communes)]
        Assignment.objects.bulk_create(made)
    assert before is not None
    return before


def a_round(
    campaign: Campaign, version: QuestionnaireVersion, year: int, previous: Round | None
) -> Round:
    """The round of a year; those before the last are over."""
    return Round.objects.create(
        campaign=campaign,
        code=f"ky-{year}",
        period=f"Năm {year}",
        reference_date=date(year, 11, 1),
        version=version,
        previous=previous,
        status=RoundStatus.OPEN if year == NOW.year else RoundStatus.CLOSED,
        opens_at=start_of(date(year, 11, 1)),
        closes_at=end_of(date(year, 11, 15)),
        created_at=NOW,
    )


def agency(number: int, kind: AgencyType, name: str, *, parent: Agency | None = None) -> Agency:
    """An agency that is not saved yet."""
    return Agency(
        key=f"co-quan-{number}",
        name=name,
        type=kind,
        parent=parent,
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
    if round_.status == RoundStatus.CLOSED:
        status = AssignmentStatus.SUBMITTED
    submitted_at = round_.opens_at + timedelta(minutes=dice.randrange(25_000))
    answered = {AssignmentStatus.NOT_STARTED: 0, AssignmentStatus.DRAFT: dice.randrange(25)}
    return Assignment(
        round=round_,
        agency=asked,
        version_id=round_.version_id,
        status=status,
        answered=answered.get(status, 25),
        total=25,
        due_at=round_.closes_at,
        submitted_at=submitted_at if status == AssignmentStatus.SUBMITTED else None,
        last_activity=NOW - timedelta(minutes=dice.randrange(20_000)),
    )


if __name__ == "__main__":
    main()
