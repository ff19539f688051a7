"""The pages of a ranking: what they show, to whom, and how many queries they make."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from analytics.gate.enums import Identity
from analytics.gate.models import DisclosurePolicy
from analytics.indices.models import IndexRun, IndexRunUnit
from analytics.indices.ranking.scene import TO
from surveys.campaigns.enums import Anonymity, RoundStatus
from surveys.models import Campaign, Round
from tests.analytics.indices.factories import NOW, asked, computed, frozen
from tests.analytics.indices.ranking.factories import SCORES, ranked_run
from tests.answered import answered_round
from tests.factories import AgencyFactory, department_person
from tests.surveys.campaigns.factories import RoundFactory

pytestmark = pytest.mark.django_db

SIDES = ["index_ranking", "index_charts", "index_weights", "index_units"]


@pytest.fixture
def run() -> IndexRun:
    return ranked_run()


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(department_person("designer"))
    return client


def page(desk, run, side="index_ranking", /, **query):
    """A side of the run's index."""
    return desk.get(reverse(side, args=[run.version.index.code]), query)


def keys(answer):
    """The units of the table in their order."""
    return [row.unit.key for row in answer.context["table"].rows]


def earlier(run: IndexRun, **changes) -> IndexRun:
    """A run over the round of the campaign before: each unit with 2 points less."""
    before = Round.objects.get(pk=run.round_id)
    before.pk, before.code = None, "before"
    before.reference_date -= timedelta(days=365)
    before.save()
    units = list(run.units.all())
    first = IndexRun.objects.get(pk=run.pk)
    first.pk, first.job, first.round = None, None, before
    for name, value in changes.items():
        setattr(first, name, value)
    first.save()
    for unit in units:
        unit.pk, unit.run = None, first
        unit.score = None if unit.score is None else unit.score - 2
    IndexRunUnit.objects.bulk_create(units)
    return first


@pytest.mark.parametrize("side", SIDES)
def test_an_index_of_another_owner_is_not_there(desk, side):
    version = frozen(owner=AgencyFactory.create())

    assert desk.get(reverse(side, args=[version.index.code])).status_code == 404


@pytest.mark.parametrize("side", SIDES)
def test_an_index_without_a_run_says_what_to_do(desk, side):
    version = frozen()

    answer = desk.get(reverse(side, args=[version.index.code]))

    assert (answer.status_code, "Chưa có kết quả" in answer.content.decode()) == (200, True)


@pytest.mark.parametrize("side", SIDES)
def test_a_run_that_waits_is_said_to_wait(desk, side):
    waiting = asked(RoundFactory.create())

    answer = page(desk, waiting, side, run=waiting.pk)

    assert "chưa tính xong" in answer.content.decode()


@pytest.mark.parametrize("number", ["x", "0", "9" * 40, "²"])
def test_a_run_that_is_none_is_not_there(desk, run, number):
    assert page(desk, run, run=number).status_code == 404


def test_units_stand_from_the_best_and_those_without_a_rank_behind(desk):
    run = ranked_run([(None, None), (10.0, 20.0), (30.0, 40.0)])

    rows = page(desk, run).context["table"].rows

    assert [(row.unit.key, row.unit.rank_label, row.why) for row in rows] == [
        ("unit-2", "1", ""),
        ("unit-1", "2", ""),
        ("unit-0", "", "Không có dữ liệu"),
    ]


def test_units_that_share_a_place_are_marked(desk):
    run = ranked_run([(50.0, 50.0), (50.0, 50.0), (10.0, 10.0)])

    labels = [row.unit.rank_label for row in page(desk, run).context["table"].rows]

    assert labels == ["=1", "=1", "3"]


def test_blocks_are_ranked_apart_and_one_is_looked_at(desk):
    run = ranked_run(SCORES, blocks=["a", "b", "a", "b", "a", "a"])

    first, other = keys(page(desk, run)), keys(page(desk, run, block="b"))

    assert (first, other) == (["unit-0", "unit-2", "unit-4", "unit-5"], ["unit-1", "unit-3"])


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("score", [0, 2, 1, 3, 4, 5]),
        ("-score", [5, 4, 3, 1, 2, 0]),
        ("node:organisation", [0, 1, 2, 3, 5, 4]),
        ("-node:organisation", [5, 3, 2, 1, 0, 4]),
        ("coverage", [0, 2, 1, 3, 5, 4]),
        ("name", [0, 1, 2, 3, 4, 5]),
        ("-rank", [5, 4, 3, 1, 2, 0]),
    ],
)
def test_a_column_is_sorted_both_ways_with_gaps_behind(desk, run, sort, expected):
    assert keys(page(desk, run, sort=sort)) == [f"unit-{place}" for place in expected]


def test_the_sorted_column_is_marked_for_readers_of_the_screen(desk, run):
    content = page(desk, run, sort="score").content.decode()

    assert content.count('aria-sort="descending"') == 1


def test_an_unknown_column_sorts_by_rank(desk, run):
    assert keys(page(desk, run, sort="password")) == keys(page(desk, run))


def test_the_search_finds_a_unit_without_its_marks(desk, run):
    unit = run.units.earliest("position")
    unit.name = "Tỉnh Điện Biên"
    unit.save()

    assert keys(page(desk, run, q="dien bien")) == [unit.key]


def test_a_followed_unit_stands_on_top_where_the_page_does_not_hold_it(desk, run):
    units = list(run.units.all())

    table = page(desk, run, q=units[0].name, follow=units[3].key).context["table"]

    assert table.pinned.unit.key == units[3].key


def test_without_simulated_runs_the_page_says_so_and_offers_one(desk, run):
    content = page(desk, run).content.decode()

    assert "không mô phỏng" in content
    assert reverse("index_run_add", args=[run.version.index.code, run.version.number]) in content


def test_simulated_runs_give_intervals_and_probabilities(desk):
    run = ranked_run(draws=50)

    answer = page(desk, run, follow="unit-3")

    certainty = answer.context["certainty"]
    assert [(each.name, each.percent) for each in certainty.first] == [
        ("Đơn vị 0", 75),
        ("Đơn vị 2", 25),
    ]
    assert (certainty.followed.percent, certainty.width, certainty.settled) == (100, 3, 40)
    assert [(each.name, each.shift) for each in certainty.movers] == [("An toàn", 1.5)]
    assert f"2{TO}6</td>" in answer.content.decode()


def test_a_run_that_was_computed_and_simulated_shows_all_of_it(desk):
    run = computed(answered_round(responses=6), draws=50)

    answer = page(desk, run, follow=run.units.earliest("position").key)

    certainty = answer.context["certainty"]
    assert (certainty.used, answer.context["table"].has_intervals) == (50, True)
    assert sum(each.percent for each in certainty.first) > 0


def test_the_change_against_the_round_before_is_shown(desk, run):
    earlier(run)

    answer = page(desk, run)

    assert [row.change for row in answer.context["table"].rows] == [pytest.approx(2)] * 6
    assert answer.context["mean_change"] == pytest.approx(2)


def test_another_definition_breaks_the_series_and_says_why(desk, run):
    other = frozen(code="khac", normalisation={"method": "goalposts", "goalposts": [0, 50]})
    other.index = run.version.index
    other.number = 2
    other.save()
    earlier(run, version=other)

    answer = page(desk, run)

    assert [row.change for row in answer.context["table"].rows] == [None] * 6
    assert "Chuỗi bị ngắt" in answer.content.decode()
    assert "Đổi mốc" in answer.content.decode()


def test_a_measure_against_the_other_units_breaks_the_series(desk):
    run = ranked_run(version=frozen(normalisation={"method": "min_max"}))
    earlier(run)

    broken = page(desk, run).context["before"].broken

    assert [each.text for each in broken] == [
        "Đo so với các đơn vị khác trong kỳ, không theo mốc cố định"
    ]


def test_other_weights_are_computed_without_script(desk, run):
    weights = {"w.organisation": "0", "w.safety": "100"}

    rows = page(desk, run, "index_weights", **weights).context["trial"].page.object_list

    stored = dict(run.units.values_list("key", "data__nodes"))
    assert [row.score for row in rows] == [
        pytest.approx(stored[row.unit.key]["safety"]["score"]) for row in rows
    ]


def test_the_weights_as_shown_move_nothing(desk, run):
    trial = page(desk, run, "index_weights").context["trial"]
    fields = {slider.name: slider.shown for slider in trial.sliders}

    again = page(desk, run, "index_weights", **fields).context["trial"]

    assert (trial.moved, again.moved, again.is_changed) == (0, 0, False)


@pytest.mark.parametrize("weight", ["-1", "nan", "inf", "abc", "1e400"])
def test_weights_that_are_none_are_refused_in_words(desk, run, weight):
    answer = page(desk, run, "index_weights", **{"w.safety": weight})

    assert "phải là số từ 0 trở lên" in answer.content.decode()


def test_weights_that_are_all_nought_are_refused_in_words(desk, run):
    answer = page(desk, run, "index_weights", **{"w.safety": "0", "w.organisation": "0"})

    assert "ít nhất một trọng số" in answer.content.decode()


def test_units_stand_side_by_side_in_the_order_of_the_address(desk, run):
    wanted = list(run.units.values_list("key", flat=True))[1::-1]

    sides = page(desk, run, "index_units", units=wanted).context["sides"]

    assert [unit.key for unit in sides.units] == wanted
    assert [line.depth for line in sides.lines] == [0, 1, 2, 2, 1, 2]


def test_more_than_five_units_are_cut_and_unknown_ones_named(desk, run):
    wanted = [*run.units.values_list("key", flat=True), "nobody"]

    sides = page(desk, run, "index_units", units=wanted).context["sides"]

    assert (len(sides.units), sides.is_cut, sides.unknown) == (5, True, ("nobody",))


def test_a_researcher_sees_pillars_and_no_indicators(client, run):
    DisclosurePolicy.objects.create(round=run.round, identity=Identity.PUBLISHED, set_at=NOW)
    client.force_login(department_person("researcher"))

    answer = page(client, run, "index_units", units=run.units.first().key)

    assert {line.is_indicator for line in answer.context["sides"].lines} == {False}


@pytest.mark.parametrize("side", SIDES)
def test_where_organisations_are_protected_a_researcher_sees_no_single_one(client, run, side):
    client.force_login(department_person("researcher"))
    names = list(run.units.values_list("name", flat=True))

    content = page(client, run, side).content.decode()

    assert [name for name in names if name in content] == []


def test_quartiles_stand_only_where_enough_units_are_behind_each(client, run):
    Round.objects.update(status=RoundStatus.CLOSED)
    client.force_login(department_person("researcher"))

    whole = page(client, run).context["whole"]

    assert (whole.scored, whole.quartiles, whole.mean is None) == (6, (), False)


def test_no_mean_is_told_to_researchers_while_answers_come_in(client, run):
    """Before and after one signature, it would tell the score of who has signed."""
    client.force_login(department_person("researcher"))

    whole = page(client, run).context["whole"]

    assert (whole.scored, whole.mean, whole.quartiles) == (None, None, ())


def test_no_mean_is_told_of_a_run_that_a_later_one_has_followed(client, run):
    Round.objects.update(status=RoundStatus.CLOSED)
    IndexRun.objects.filter(pk=run.pk).update(computed_at=NOW - timedelta(days=1))
    ranked_run(version=run.version, round_=run.round)
    client.force_login(department_person("researcher"))

    assert page(client, run, run=run.pk).context["whole"].mean is None
    assert page(client, run).context["whole"].mean is not None


def test_confidential_answers_name_nobody_to_anybody(desk, run):
    Campaign.objects.update(anonymity=Anonymity.CONFIDENTIAL)
    DisclosurePolicy.objects.create(round=run.round, identity=Identity.PUBLISHED, set_at=NOW)

    assert "table" not in page(desk, run).context


@pytest.mark.parametrize("side", SIDES)
def test_one_unit_is_enough_for_every_page(desk, run, side):
    run.units.exclude(pk=run.units.first().pk).delete()

    assert page(desk, run, side).status_code == 200


@pytest.mark.parametrize("side", SIDES)
def test_nothing_at_all_is_enough_for_every_page(desk, side):
    run = ranked_run([(None, None), (None, None)])

    assert page(desk, run, side).status_code == 200


@pytest.mark.parametrize("side", SIDES)
def test_the_same_number_of_queries_for_any_number_of_units(
    desk, run, side, django_assert_max_num_queries
):
    query = {"follow": run.units.first().key, "units": run.units.values_list("key", flat=True)[:3]}
    page(desk, run, side, **query)

    with django_assert_max_num_queries(20):
        page(desk, run, side, **query)


@pytest.mark.parametrize("side", SIDES)
def test_a_page_of_thousands_of_units_stays_small(desk, side):
    run = ranked_run([(float(n % 97), float(n % 89)) for n in range(3321)])

    answer = page(desk, run, side, units=["unit-1", "unit-2"])

    assert len(answer.content) < 400_000
