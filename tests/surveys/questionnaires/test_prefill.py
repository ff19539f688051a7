"""What the catalogue of agencies knows before anybody is asked."""

import pytest

from surveys.engine import Kind, Question
from surveys.organisations.enums import AgencyType
from surveys.questionnaires.prefill import known_answers
from tests.factories import AgencyFactory
from tests.surveys.engine.factories import codes, form

SOURCES = (
    "agency_name",
    "agency_type",
    "agency_code",
    "parent_name",
    "province_name",
    "communes",
    "units_below",
)


def asked(*sources: str):
    """A form with a question for each source, called as it is."""
    return form(
        *(Question(name=each, kind=Kind.TEXT, parameters={"prefill": each}) for each in sources)
    )


@pytest.mark.django_db
def test_a_province_knows_its_communes():
    province = AgencyFactory.create(
        key="tinh-15", name="Tỉnh Lào Cai", type=AgencyType.PROVINCE, parent=None
    )
    for _each in range(3):
        AgencyFactory.create(type=AgencyType.COMMUNE, parent=province)
    AgencyFactory.create(type=AgencyType.DEPARTMENT, parent=province)

    assert known_answers(asked(*SOURCES), province) == {
        "agency_name": "Tỉnh Lào Cai",
        "agency_type": "province",
        "agency_code": "tinh-15",
        "province_name": "Tỉnh Lào Cai",
        "communes": "3",
        "units_below": "4",
    }


@pytest.mark.django_db
def test_a_commune_knows_its_province():
    province = AgencyFactory.create(name="Tỉnh Lào Cai", type=AgencyType.PROVINCE, parent=None)
    commune = AgencyFactory.create(type=AgencyType.COMMUNE, parent=province)

    known = known_answers(asked("parent_name", "province_name"), commune)

    assert known == {"parent_name": "Tỉnh Lào Cai", "province_name": "Tỉnh Lào Cai"}


@pytest.mark.django_db
def test_only_what_the_questionnaire_names_is_looked_up(django_assert_num_queries):
    agency = AgencyFactory.create()

    with django_assert_num_queries(0):
        known_answers(asked("agency_name", "agency_type", "agency_code"), agency)


def test_an_unknown_source_is_a_problem():
    question = Question(name="a", kind=Kind.TEXT, parameters={"prefill": "weather"})

    assert codes(question) == ["prefill_unknown"]
