"""A round that asks a sample: intervals know the population, weights stand for those not drawn."""

import pytest
from django.utils import timezone

from analytics.explorer import queries, services
from analytics.explorer.asking import Asking, Filter
from analytics.gate.enums import Audience
from surveys.background.runner import run_pending
from surveys.campaigns.targets import Sample, TargetRule
from surveys.models import Agency, Round
from tests.answered import OPENS_AT, answered_round
from tests.factories import AgencyFactory, department_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    """The six agencies are a sample by type: two of ten ministries, all of the others."""
    made = answered_round(responses=6)
    for _number in range(8):
        AgencyFactory.create(type="ministry", valid_from=None)
    rule = TargetRule(
        types=("government_agency", "ministry", "province"), sample=Sample(6, 1, ("type",))
    )
    Round.objects.update(targets=rule.as_json(), opened_at=OPENS_AT)
    return Round.objects.select_related("campaign", "version").get(pk=made.pk)


def asked(round_, asking):
    """The result of an asking for the department."""
    basis = queries.basis_of(round_, Audience.DEPARTMENT)
    person = department_person("designer", owner=round_.campaign.owner)
    services.ask(round_, asking, basis, actor=person, at=timezone.now())
    run_pending()
    found = queries.tabulation_of(round_, asking, basis)
    assert found is not None
    assert found.result is not None
    return found.result


def test_a_sampled_round_has_weights(round_):
    assert queries.has_weights(round_)


def test_a_share_has_wilsons_interval_corrected_for_the_population(round_):
    methods = {option["method"] for option in asked(round_, Asking("a2_model"))["options"]}

    assert methods == {"wilson_fpc"}


def test_a_weighted_sum_stands_for_all_agencies(round_):
    plain = asked(round_, Asking("a4_current", ("type",)))["cross"]["groups"]
    weighted = asked(round_, Asking("a4_current", ("type",), (), weighted=True))["cross"]["groups"]

    ministries = Agency.objects.filter(type="ministry").count()
    sums = {each["code"]: each["sum"] for each in plain}
    assert {each["code"]: each["sum"] for each in weighted} == pytest.approx(
        {**sums, "ministry": sums["ministry"] * ministries / 2}
    )


def test_a_weighted_share_of_a_question_adds_up_to_one(round_):
    options = asked(round_, Asking("a2_model", (), (), weighted=True))["options"]

    assert sum(each["value"] for each in options) == pytest.approx(1)


def test_a_weighted_cross_keeps_to_its_filter(round_):
    provinces = (Filter("type", ("province",)),)
    (sheet,) = asked(
        round_, Asking("a2_model", ("question.a1_reorganised",), provinces, weighted=True)
    )["cross"]["sheets"]

    assert sheet["n"] == 3
