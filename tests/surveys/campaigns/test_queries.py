"""What the pages of rounds read."""

from datetime import date, timedelta

import pytest

from surveys.campaigns import queries
from surveys.campaigns.deadlines import end_of
from surveys.campaigns.enums import AssignmentStatus, Disposition, Level, RoundStatus
from surveys.campaigns.queries import Counts, RoundFilters, UnitFilters
from surveys.campaigns.signing_off import SignOffStep, StepAct, StepPlace
from surveys.models import Assignment, Campaign, Round
from surveys.organisations import rules
from surveys.organisations.enums import AgencyType
from tests.factories import AgencyFactory, department_person, member
from tests.surveys.campaigns.factories import (
    NOW,
    AssignmentFactory,
    CampaignFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db

AFTER = end_of(date(2026, 11, 30)) + timedelta(hours=1)


@pytest.fixture
def round_():
    """Two ministries and four provinces, one or two in each status."""
    round_ = RoundFactory.create(status=RoundStatus.OPEN)
    of = AssignmentStatus
    standing = [
        (AgencyType.MINISTRY, "Bộ Y tế", of.SUBMITTED, 3),
        (AgencyType.MINISTRY, "Bộ Tư pháp", of.RETURNED, 3),
        (AgencyType.PROVINCE, "Hòa Bình", of.VERIFIED, 3),
        (AgencyType.PROVINCE, "Đà Nẵng", of.DRAFT, 1),
        (AgencyType.PROVINCE, "Đắk Lắk", of.AWAITING_SIGNATURE, 3),
        (AgencyType.PROVINCE, "Cà Mau", of.NOT_STARTED, 0),
    ]
    for order, (kind, name, status, answered) in enumerate(standing):
        agency = AgencyFactory.create(type=kind, name=name, official_order=order)
        last = NOW - timedelta(days=order) if answered else None
        AssignmentFactory.create(
            round=round_, agency=agency, status=status, answered=answered, last_activity=last
        )
    return round_


def names(units):
    return [row.names["vi"] for row in units.rows]


def test_the_six_figures_add_up(round_):
    counts = queries.overview(round_, NOW).counts

    assert counts == Counts(
        total=6,
        submitted=2,
        verified=1,
        awaiting=1,
        drafting=1,
        returned=1,
        not_started=1,
        unopened=1,
    )
    assert sum(counts.by_status.values()) == counts.total


def test_after_the_deadline_all_who_have_not_submitted_are_late(round_):
    assert queries.overview(round_, AFTER).counts.late == 4


def test_who_has_an_extension_is_not_late(round_):
    extended = Assignment.objects.filter(agency__name="Đà Nẵng")
    extended.update(due_at=AFTER + timedelta(days=7))

    counts = queries.overview(round_, AFTER).counts

    assert (counts.late, counts.extended) == (3, 1)


def test_the_figures_by_type_stand_in_the_order_of_types(round_):
    rows = queries.overview(round_, NOW).types

    assert [(row.type, row.counts.total, row.counts.submitted) for row in rows] == [
        (AgencyType.MINISTRY, 2, 1),
        (AgencyType.PROVINCE, 4, 1),
    ]


def test_the_rate_is_submitted_of_all_asked(round_):
    assert queries.overview(round_, NOW).counts.rate == pytest.approx(100 / 3)
    assert Counts().rate is None


def test_the_overview_knows_the_last_activity_and_who_waits_longest(round_):
    seen = queries.overview(round_, NOW)

    assert seen.last_activity == NOW
    assert seen.awaiting_since == NOW - timedelta(days=4)
    assert seen.drafting_share == pytest.approx(100 / 3)


def test_the_previous_round_is_compared_as_long_before_its_own_deadline(round_):
    previous = RoundFactory.create(
        campaign=round_.campaign,
        version=round_.version,
        closes_at=end_of(date(2025, 11, 30)),
        opens_at=round_.opens_at - timedelta(days=365),
    )
    for days in (-11, -9):
        AssignmentFactory.create(
            round=previous,
            status=AssignmentStatus.SUBMITTED,
            submitted_at=previous.closes_at + timedelta(days=days),
        )
    round_.previous = previous

    seen = queries.overview(round_, round_.closes_at - timedelta(days=10))

    assert seen.previous_rate == pytest.approx(50)


@pytest.mark.parametrize("more", [0, 40])
def test_the_overview_is_one_query_however_many_agencies(more, round_, django_assert_num_queries):
    AssignmentFactory.create_batch(more, round=round_)

    with django_assert_num_queries(1):
        queries.overview(round_, NOW)


@pytest.mark.parametrize("more", [0, 40])
def test_a_page_of_agencies_is_two_queries_however_many_agencies(
    more, round_, django_assert_num_queries
):
    AssignmentFactory.create_batch(more, round=round_)

    with django_assert_num_queries(2):
        units = queries.units(round_, UnitFilters(), at=NOW)

    assert len(units.rows) == 6 + more


def test_what_wants_attention_comes_first(round_):
    units = queries.units(round_, UnitFilters(), at=NOW)

    assert names(units) == ["Bộ Tư pháp", "Cà Mau", "Đà Nẵng", "Đắk Lắk", "Bộ Y tế", "Hòa Bình"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (UnitFilters(status="submitted"), ["Bộ Y tế", "Hòa Bình"]),
        (UnitFilters(status="drafting"), ["Đà Nẵng"]),
        (UnitFilters(type="ministry"), ["Bộ Tư pháp", "Bộ Y tế"]),
        (UnitFilters(text="da nang"), ["Đà Nẵng"]),
        (UnitFilters(text="ĐẮK"), ["Đắk Lắk"]),
        (UnitFilters(text="Hoà Bình"), ["Hòa Bình"]),
        (UnitFilters(text="binh hoa"), ["Hòa Bình"]),
        (UnitFilters(text="anh"), []),
        (UnitFilters(status="returned", type="province"), []),
        (UnitFilters(sort="agency", type="province"), ["Cà Mau", "Đà Nẵng", "Đắk Lắk", "Hòa Bình"]),
        (UnitFilters(sort="progress", type="province", text="d"), ["Đà Nẵng", "Đắk Lắk"]),
        (UnitFilters(sort="order", type="ministry"), ["Bộ Y tế", "Bộ Tư pháp"]),
        (UnitFilters(sort="activity", type="ministry"), ["Bộ Y tế", "Bộ Tư pháp"]),
    ],
)
def test_the_table_is_filtered_and_sorted(filters, expected, round_):
    assert names(queries.units(round_, filters, at=NOW)) == expected


def test_late_agencies_are_filtered_by_the_time_of_the_request(round_):
    late = UnitFilters(late=True)

    assert names(queries.units(round_, late, at=NOW)) == []
    assert len(queries.units(round_, late, at=AFTER).rows) == 4


def test_a_page_past_the_end_is_the_last_one(round_):
    AssignmentFactory.create_batch(110, round=round_)

    units = queries.units(round_, UnitFilters(page=9), at=NOW)

    assert (units.page.number, units.filters.page, len(units.rows)) == (3, 3, 16)


def test_a_line_says_how_late_it_is_or_was(round_):
    Assignment.objects.filter(agency__name="Bộ Y tế").update(late_days=5)

    units = queries.units(round_, UnitFilters(), at=AFTER)
    late_by = {row.names["vi"]: row.late_by for row in units.rows}

    assert (late_by["Bộ Y tế"], late_by["Hòa Bình"], late_by["Cà Mau"]) == (5, 0, 1)


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ({}, UnitFilters()),
        (
            {"status": "nonsense", "type": "planet", "sort": "x", "page": "-1", "size": "7"},
            UnitFilters(),
        ),
        ({"page": "²", "late": "yes"}, UnitFilters()),
        (
            {
                "status": "late",
                "type": "province",
                "late": "1",
                "q": " đà ",
                "page": "3",
                "size": "250",
            },
            UnitFilters(type="province", late=True, text="đà", page=3, size=250),
        ),
    ],
)
def test_filters_are_read_from_an_address_and_unknown_words_are_left_out(query, filters):
    assert UnitFilters.read(query) == filters


def test_a_text_of_many_words_is_no_failure(round_):
    many = " ".join(f"a{number}" for number in range(3_000))

    assert queries.units(round_, UnitFilters(text=many), at=NOW).rows == []


def test_an_address_holds_only_what_was_chosen():
    filters = UnitFilters(status="drafting", text="đà", page=4)

    assert filters.query() == "?status=drafting&q=%C4%91%C3%A0"
    assert filters.query(status="", text="", page=2) == "?page=2"
    assert UnitFilters.read({"status": "drafting", "q": "đà"}) == UnitFilters(
        status="drafting", text="đà"
    )


def test_the_map_shades_provinces_by_where_they_stand(round_):
    levels = {row.names["vi"]: row.level for row in queries.provinces(round_, at=NOW)}

    assert levels == {"Hòa Bình": 4, "Đà Nẵng": 1, "Đắk Lắk": 3, "Cà Mau": 0}


def test_the_map_knows_provinces_by_the_code_of_the_reference_date(
    round_, django_assert_num_queries
):
    da_nang = round_.assignments.get(agency__name="Đà Nẵng").agency
    da_nang.identifiers.create(
        scheme="nso", value="32", valid_from=date(2004, 1, 1), valid_to=date(2025, 7, 1)
    )
    da_nang.identifiers.create(scheme="nso", value="48", valid_from=date(2025, 7, 1))

    with django_assert_num_queries(1):
        rows = queries.provinces(round_, at=NOW)

    assert {row.names["vi"]: row.code for row in rows}["Đà Nẵng"] == "48"


def test_agencies_are_counted_by_type_for_the_form(round_):
    numbers = queries.agencies_by_type(at=NOW)

    assert (numbers["province"], numbers["ministry"], numbers["commune"]) == (4, 2, 0)


def test_rounds_are_listed_by_campaign_the_nearest_deadline_first(django_assert_num_queries):
    designer = department_person()
    later = RoundFactory.create(status=RoundStatus.OPEN, closes_at=end_of(date(2027, 3, 1)))
    sooner = RoundFactory.create(status=RoundStatus.OPEN)
    planned = RoundFactory.create(campaign=later.campaign, version=later.version)
    empty = CampaignFactory.create()
    AssignmentFactory.create(round=sooner, status=AssignmentStatus.SUBMITTED)
    rules.owners_of(designer)

    with django_assert_num_queries(3):
        listed = queries.rounds_of(designer, RoundFilters(), at=NOW)

    assert [(group.campaign, [row.round for row in group.rows]) for group in listed.groups] == [
        (sooner.campaign, [sooner]),
        (later.campaign, [later, planned]),
        (empty, []),
    ]
    assert listed.groups[0].rows[0].counts == Counts(total=1, submitted=1)
    assert listed.numbers == {"planned": 1, "open": 2, "closed": 0, "cancelled": 0}


def test_rounds_are_found_by_words_of_title_document_and_period():
    designer = department_person()
    RoundFactory.create(period="Năm 2026", campaign__title="Nhân lực")
    RoundFactory.create(
        period="Quý I", campaign__title="Nền tảng", campaign__basis_number="Công văn 12"
    )

    def found(**filters):
        listed = queries.rounds_of(designer, RoundFilters(**filters), at=NOW)
        return [group.campaign.title for group in listed.groups]

    assert found(text="nhan luc") == ["Nhân lực"]
    assert found(text="cong van 12") == ["Nền tảng"]
    assert found(text="quý i") == ["Nền tảng"]
    assert found(status="closed") == []
    assert found(sort="title") == ["Nền tảng", "Nhân lực"]


def test_campaigns_and_rounds_of_another_owner_are_not_seen():
    other = AgencyFactory.create(type=AgencyType.PROVINCE)
    stranger = department_person(owner=other)
    RoundFactory.create()

    assert not Campaign.objects.visible_to(stranger).exists()
    assert not Round.objects.visible_to(stranger).exists()
    assert not Assignment.objects.visible_to(stranger).exists()


def test_a_member_sees_the_rounds_and_assignments_of_the_own_agency(round_):
    own = round_.assignments.get(agency__name="Đà Nẵng")
    RoundFactory.create()
    coordinator = member(own.agency)

    assert list(Round.objects.visible_to(coordinator)) == [round_]
    assert list(Assignment.objects.visible_to(coordinator)) == [own]
    assert not Round.objects.followed_by(coordinator).exists()
    assert not Campaign.objects.visible_to(coordinator).exists()


def test_who_is_no_longer_asked_is_in_no_figure(round_):
    Assignment.objects.filter(agency__name="Bộ Y tế").update(disposition=Disposition.INELIGIBLE)

    counts = queries.overview(round_, AFTER).counts
    [row] = queries.summaries([round_], AFTER)

    assert (counts.total, counts.submitted) == (5, 1)
    assert row.counts == counts


def test_who_refused_is_expected_and_never_late(round_):
    Assignment.objects.filter(agency__name="Đà Nẵng").update(disposition=Disposition.REFUSED)

    counts = queries.overview(round_, AFTER).counts

    assert (counts.total, counts.refused, counts.drafting, counts.late) == (6, 1, 0, 3)
    assert sum(counts.by_status.values()) == counts.total


def test_who_submitted_after_a_refusal_counts_as_submitted(round_):
    Assignment.objects.filter(agency__name="Bộ Y tế").update(disposition=Disposition.REFUSED)

    counts = queries.overview(round_, AFTER).counts

    assert (counts.submitted, counts.refused) == (2, 0)


def test_who_has_looked_but_not_begun_is_told_from_who_has_not(round_):
    AssignmentFactory.create(round=round_, seen_at=NOW)

    counts = queries.overview(round_, NOW).counts

    assert (counts.not_started, counts.unopened) == (2, 1)


def test_the_previous_rate_leaves_out_who_was_no_longer_asked(round_):
    previous = RoundFactory.create(campaign=round_.campaign, version=round_.version)
    of = {"round": previous, "submitted_at": NOW, "status": AssignmentStatus.SUBMITTED}
    AssignmentFactory.create(**of)
    AssignmentFactory.create(**of, disposition=Disposition.INELIGIBLE)
    AssignmentFactory.create(round=previous)
    round_.previous = previous

    assert queries.overview(round_, NOW).previous_rate == pytest.approx(50)


def test_levels_hold_their_types(round_):
    [central, province] = queries.overview(round_, NOW).levels

    assert (central.level, central.counts.total) == (Level.CENTRAL, 2)
    assert [row.type for row in province.types] == [AgencyType.PROVINCE]


def test_each_step_of_the_chain_knows_who_waits_for_it(round_):
    steps = [
        SignOffStep("review", "reviewer"),
        SignOffStep("sign", "signatory", StepAct.SIGN),
        SignOffStep("accept", "reviewer", place=StepPlace.SUPERIOR),
    ]
    round_.sign_off = [step.as_json() for step in steps]
    superior = AgencyFactory.create(type=AgencyType.DEPARTMENT)
    signed = round_.assignments.get(status=AssignmentStatus.SUBMITTED)
    signed.agency.parent = superior
    signed.agency.save()

    seen = queries.overview(round_, NOW)

    assert [row.number for row in seen.steps] == [1, 0, 1]
    assert names(queries.units(round_, UnitFilters(step=1), at=NOW)) == ["Đắk Lắk"]
    assert names(queries.units(round_, UnitFilters(step=3), at=NOW)) == ["Bộ Y tế"]


@pytest.mark.parametrize(
    ("changes", "filters", "expected"),
    [
        ({}, UnitFilters(level="central"), ["Bộ Tư pháp", "Bộ Y tế"]),
        ({}, UnitFilters(status="verified"), ["Hòa Bình"]),
        ({"seen_at": NOW}, UnitFilters(unopened=True), ["Cà Mau"]),
        ({"due_at": AFTER + timedelta(days=9)}, UnitFilters(extended=True), ["Đà Nẵng"]),
        ({"disposition": "refused"}, UnitFilters(refused=True), ["Đà Nẵng"]),
        ({"disposition": "refused"}, UnitFilters(status="drafting"), []),
        ({"disposition": "ineligible"}, UnitFilters(former=True), ["Đà Nẵng"]),
        ({"disposition": "ineligible"}, UnitFilters(status="drafting"), []),
    ],
)
def test_the_table_is_filtered_by_what_was_agreed(changes, filters, expected, round_):
    Assignment.objects.filter(agency__name="Đà Nẵng").update(**changes)

    assert names(queries.units(round_, filters, at=NOW)) == expected


def test_a_province_stands_for_all_below_it(round_, django_assert_num_queries):
    province = round_.assignments.get(agency__name="Đà Nẵng").agency
    ward = AgencyFactory.create(type=AgencyType.COMMUNE, name="Phường Hải Châu", parent=province)
    AssignmentFactory.create(round=round_, agency=ward, status=AssignmentStatus.SUBMITTED)
    AssignmentFactory.create(round=round_, agency__type=AgencyType.COMMUNE, agency__parent=province)
    wanted = UnitFilters(province=province.key, status="submitted")

    with django_assert_num_queries(2):
        rows = queries.provinces(round_, at=NOW, with_communes=True)

    assert names(queries.units(round_, wanted, at=NOW)) == ["Phường Hải Châu"]
    [shaded] = [row for row in rows if row.key == province.key]
    assert shaded.communes is not None
    assert (shaded.communes.submitted, shaded.communes.total, shaded.level) == (1, 2, 2)


@pytest.mark.parametrize("more", [0, 40])
def test_progress_is_one_query_over_three_rounds(more, django_assert_num_queries):
    first = RoundFactory.create(
        opens_at=NOW - timedelta(days=390),
        closes_at=end_of(date(2025, 11, 30)),
        status=RoundStatus.CLOSED,
    )
    last = RoundFactory.create(campaign=first.campaign, version=first.version, previous=first)
    last.status = RoundStatus.OPEN
    for days in (-11, -9):
        at = first.closes_at + timedelta(days=days)
        AssignmentFactory.create(round=first, status="submitted", submitted_at=at)
    AssignmentFactory.create_batch(more + 1, round=last)
    seen = queries.overview(last, NOW)

    with django_assert_num_queries(1):
        course = queries.progress(last, seen.counts, last_due=seen.last_due, at=NOW)

    shares = {each.day: each.shares for each in course.days}
    assert [shares[day][1] for day in (-11, -10, -9, -8)] == [0, 50, 50, 100]
    assert (shares[-10][0], shares[-9][0]) == (0, None)
    assert course.is_early


def test_words_for_the_table_hold_nothing_that_no_database_takes():
    given = UnitFilters.read({"province": "tinh\0-a", "q": "\0 Lào"})

    assert (given.province, given.text) == ("tinh-a", "Lào")
