"""Results of a round in which some types of agency are asked another questionnaire."""

from typing import Any

import pytest

from analytics.answers import units_asked
from analytics.results.compute import round_indicators
from tests.surveys.campaigns.factories import NOW, VersionFactory
from tests.varied import varied_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicators() -> dict[str, dict[str, Any]]:
    found, _base = round_indicators(varied_round(), at=NOW)
    return {item["code"]: item for item in found}


def figures(item: dict[str, Any]) -> tuple[float, float, int]:
    return item["numerator"], item["denominator"], item["asked"]


def test_every_indicator_of_any_questionnaire_is_there_once(indicators):
    assert list(indicators) == ["T1", "T2", "T3", "T4"]


def test_a_shared_indicator_adds_up_both_questionnaires(indicators):
    assert figures(indicators["T1"]) == (50, 150, 4)


def test_the_round_s_own_questionnaire_describes_what_is_shared(indicators):
    assert indicators["T1"]["label"]["vi"] == "Tỷ lệ đã học"


def test_who_is_not_asked_an_indicator_is_not_in_its_denominator(indicators):
    assert figures(indicators["T2"]) == (1, 2, 2)


def test_an_indicator_of_the_variant_alone_is_measured_there(indicators):
    assert (indicators["T3"]["label"]["vi"], *figures(indicators["T3"])) == (
        "Công chức",
        100,
        1,
        2,
    )


def test_each_questionnaire_says_to_which_types_its_indicator_applies(indicators):
    assert figures(indicators["T4"]) == (2, 4, 4)


def test_a_type_has_the_indicators_that_it_is_asked(indicators):
    assert {code: sorted(item["by_type"]) for code, item in indicators.items()} == {
        "T1": ["ministry", "province"],
        "T2": ["province"],
        "T3": ["ministry"],
        "T4": ["ministry", "province"],
    }


def test_only_those_asked_are_missing(indicators):
    assert [len(item["missing"]) for item in indicators.values()] == [2, 1, 1, 2]


def test_answers_to_an_older_version_of_a_variant_are_read_with_it():
    round_ = varied_round()
    variant = round_.variants.get()
    variant.version = VersionFactory.create(questionnaire=variant.version.questionnaire, number=2)
    variant.version.definition = round_.version.definition
    variant.version.save()
    variant.save()

    found, _base = round_indicators(round_, at=NOW)

    assert figures(found[0]) == (50, 150, 4)


def test_agencies_have_the_names_under_which_they_were_asked():
    round_ = varied_round()
    assignment = round_.assignments.earliest("pk")
    round_.assignments.filter(pk=assignment.pk).update(agency_name="Bộ Cũ")

    assert units_asked(round_)[0]["name"] == "Bộ Cũ"
