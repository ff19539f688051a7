from dataclasses import replace
from datetime import date

import pytest

from surveys.questionnaires.catalogue import queries, services
from surveys.questionnaires.catalogue.queries import Standing
from surveys.questionnaires.exports import definition_of, xlsform_of
from surveys.questionnaires.queries import review_of
from surveys.questionnaires.services import WorkbookRefused, publish
from surveys.xlsform import read_workbook
from tests.factories import AgencyFactory, DepartmentFactory, department_person
from tests.surveys.questionnaires.catalogue.factories import TODAY, asking, listed
from tests.surveys.questionnaires.factories import NOW, imported

pytestmark = pytest.mark.django_db
T1 = ["T1", "Đề án", "Plan", "90", "choices(co=1, khong=0)"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 12, 31), ["A"]),
        (date(2026, 1, 1), ["A", "B"]),
        (date(2026, 6, 30), ["A", "B"]),
        (date(2026, 7, 1), ["A"]),
    ],
)
def test_an_indicator_counts_from_its_first_to_its_last_day(day: date, expected: list[str]):
    listed("A")
    row = listed("B", valid_from=date(2026, 1, 1))
    services.retire_indicator(row, last_day=date(2026, 6, 30), actor=None, at=NOW)
    listed("C", owner=AgencyFactory())

    found = queries.indicators_of(DepartmentFactory(), day)

    assert [each.code for each in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", ["A1", "B1"]), ("kien toan", ["A1", "B1"]), ("b1", ["B1"]), ("điều 5", ["B1"])],
)
def test_indicators_are_found_by_code_name_and_legal_basis(text: str, expected: list[str]):
    listed("A1")
    listed("B1", legal_basis="Điều 5")
    listed("C1", owner=AgencyFactory())

    found = queries.find_indicators(
        text, user=department_person("designer"), on=TODAY, with_retired=False
    )

    assert [each.code for each in found] == expected


def test_retired_indicators_are_listed_only_when_asked_for():
    services.retire_indicator(listed("A"), last_day=date(2026, 1, 1), actor=None, at=NOW)
    person = department_person("designer")

    found = [
        len(queries.find_indicators("", user=person, on=TODAY, with_retired=wanted))
        for wanted in (False, True)
    ]

    assert found == [0, 1]


def test_an_indicator_knows_the_versions_and_questions_that_ask_for_it():
    row = listed("T1")
    publish(imported(asking(T1)), actor=None, at=NOW)
    imported(asking(T1))
    imported(asking(T1), owner=AgencyFactory(), code="cua-tinh")

    found = [
        (use.version.number, [each.name for each in use.questions], use.is_in_sheet)
        for use in queries.uses_of(row)
    ]

    assert found == [(2, ["de_an"], True), (1, ["de_an"], True)]


def test_a_sheet_is_new_changed_or_equal_to_the_catalogue():
    listed("T1")
    version = imported(asking(T1, ["T2", "Hai", "Two", "", ""]))

    before = [(each.adopted.code, each.standing) for each in queries.candidates(version)]
    services.adopt_indicators(version, codes=None, actor=None, at=NOW)
    after = [each.standing for each in queries.candidates(version)]

    assert before == [("T1", Standing.CHANGED), ("T2", Standing.NEW)]
    assert after == [Standing.EQUAL, Standing.EQUAL]


def test_an_empty_cell_says_nothing_against_the_catalogue():
    listed("T1", label={"vi": "Đề án", "en": "Plan"})
    version = imported(asking(["T1", "Đề án", "Plan", "", ""]))

    assert [each.standing for each in queries.candidates(version)] == [Standing.EQUAL]


def test_a_definition_is_completed_with_what_its_questions_refer_to():
    listed("T1")
    listed("T2")
    bare = replace(definition_of(imported(asking(T1))), indicators=())

    completed = queries.with_catalogue(bare, DepartmentFactory().pk, TODAY)

    assert [each.code for each in completed.indicators] == ["T1"]
    assert queries.with_catalogue(completed, DepartmentFactory().pk, TODAY) == completed


def test_codes_of_a_stored_definition_are_those_asked_and_those_listed():
    version = imported(asking(T1, ["T2", "Hai", "Two", "", ""]))

    assert queries.codes_in(version.definition) == {"T1", "T2"}


def test_what_another_questionnaire_asks_for_is_not_missing_here():
    for code in ("T1", "T2", "T3"):
        listed(code)
    version = imported(asking(T1))
    imported(asking(["T2", "Hai", "Two", "", ""], code="T2"), code="khac")

    found = queries.unasked_elsewhere(version, TODAY)

    assert [each.code for each in found] == ["T1", "T3"]


def test_a_question_may_name_what_only_the_catalogue_has():
    listed("T1")

    version = imported(asking())

    assert [each.code for each in review_of(version, TODAY).problems if "ndic" in each.code] == []


def test_a_code_that_no_sheet_and_no_catalogue_has_is_refused_at_its_cell():
    with pytest.raises(WorkbookRefused) as refusal:
        imported(asking())

    assert [(each.code, each.at) for each in refusal.value.problems] == [
        ("indicator_unknown", "survey!E3")
    ]


def test_an_indicator_of_the_catalogue_that_nobody_asks_for_is_named():
    listed("T1")
    listed("T2")
    services.retire_indicator(listed("T3"), last_day=date(2026, 1, 1), actor=None, at=NOW)
    version = imported(asking())

    found = [each for each in review_of(version, TODAY).problems if "indicator" in each.code]

    assert [(each.code, each.name) for each in found] == [("indicator_without_question", "T2")]


def test_the_exported_workbook_carries_what_its_questions_refer_to():
    listed("T1", scoring="choices(co=1, khong=0)", valid_from=date(2026, 1, 1))
    listed("T2")

    data = xlsform_of(imported(asking()), on=TODAY)

    result = read_workbook(data, "phieu.xlsx", code="to-chuc")
    assert result.definition is not None
    (indicator,) = result.definition.indicators
    assert (indicator.code, indicator.scoring, indicator.valid_from) == (
        "T1",
        "choices(co=1, khong=0)",
        date(2026, 1, 1),
    )
