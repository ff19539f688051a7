"""Blanks filled from the closed rounds before, where the definition says so."""

from datetime import timedelta

import pytest

from surveys.campaigns import services as campaigns
from surveys.models import Round
from surveys.responses.simulator import simulate_round
from tests.analytics.indices.factories import computed, frozen
from tests.answered import NOW, OPENS_AT, answered_round

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=365)


@pytest.fixture
def rounds() -> tuple[Round, Round]:
    """Of six agencies four have signed in the first round, which is closed, and two in the second."""
    first = answered_round(responses=4)
    Round.objects.filter(pk=first.pk).update(status="closed")
    later = campaigns.create_round(
        campaign=first.campaign,
        code="nang-luc-2027",
        period="2027",
        reference_date=first.reference_date + YEAR,
        opens_at=OPENS_AT + YEAR,
        closes_at=OPENS_AT + YEAR + timedelta(days=40),
        actor=None,
        at=OPENS_AT + YEAR,
    )
    campaigns.open_round(later, actor=None, at=OPENS_AT + YEAR)
    simulate_round(later, responses=2, seed=3, draft_share=0.0, until=NOW + YEAR)
    return first, Round.objects.select_related("campaign", "version").get(pk=later.pk)


def scores_of(run):
    return {unit.key: unit.score for unit in run.units.all() if unit.score is not None}


def looking_back(method="latest"):
    return frozen(missing={"imputation": {"method": method}})


def test_a_silent_unit_has_the_figures_of_the_round_before(rounds):
    version = looking_back()
    before, now = (computed(round_, version) for round_ in rounds)
    signed = {unit.key for unit in now.units.all() if unit.data["signed"]}

    filled = scores_of(now)

    assert len(scores_of(before)) == 4
    assert set(filled) == set(scores_of(before)) | signed
    assert {key: score for key, score in filled.items() if key not in signed} == {
        key: score for key, score in scores_of(before).items() if key not in signed
    }


def test_without_it_a_silent_unit_has_no_score(rounds):
    assert len(scores_of(computed(rounds[1], frozen()))) == 2


def test_a_round_without_earlier_ones_says_so(rounds):
    run = computed(rounds[0], looking_back())

    assert "NO_PANEL" in {warning["reason"] for warning in run.warnings}


def test_simulated_runs_look_back_too(rounds):
    run = computed(rounds[1], looking_back(), draws=50)

    assert len(scores_of(run)) > 2
    assert run.summary["uncertainty"]


def test_what_an_earlier_round_said_is_part_of_the_data(rounds):
    version = looking_back()
    first = computed(rounds[1], version)
    Round.objects.filter(pk=rounds[0].pk).update(status="open")

    assert computed(rounds[1], version).data_sha256 != first.data_sha256
