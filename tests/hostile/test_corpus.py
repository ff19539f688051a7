"""Each file of the corpus through the service that imports questionnaires."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps

from surveys.engine import errors
from surveys.limited import read_limited
from surveys.models import Agency, Questionnaire
from surveys.questionnaires.advice import sentence_of
from surveys.questionnaires.problem_words import WORDS
from surveys.questionnaires.services import WorkbookRefused, import_workbook
from surveys.xlsform import read_workbook
from tests.factories import DepartmentFactory
from tests.hostile.build_corpus import corpus
from tests.hostile.case import Case
from tests.hostile.package import workbook
from tests.surveys.limited.functions import parent
from tests.surveys.questionnaires.factories import NOW

QUICK = [case for case in corpus() if not case.slow]
REFUSED = [pytest.param(case, id=case.name) for case in QUICK if case.expected]
ACCEPTED = [pytest.param(case, id=case.name) for case in QUICK if case.expected is None]

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Agency:
    return DepartmentFactory()


def rows() -> Counter[str]:
    """How many rows each table has."""
    return Counter({model.__name__: model._default_manager.count() for model in apps.get_models()})


def import_(case: Case, owner: Agency) -> None:
    import_workbook(
        data=case.make(), filename=case.filename, code="phieu", owner=owner, actor=None, at=NOW
    )


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_file_gives_a_definite_problem_and_writes_nothing(case: Case, owner: Agency):
    before, reader = rows(), read_limited(parent, b"")

    with pytest.raises(WorkbookRefused) as refusal:
        import_(case, owner)

    problem = errors(refusal.value.problems)[0]
    assert (problem.code, problem.at) == case.expected
    assert problem.code in WORDS
    assert sentence_of(problem.advice) is not None
    assert rows() == before
    assert read_limited(parent, b"") == reader


@pytest.mark.parametrize("case", ACCEPTED)
def test_a_strange_file_that_is_sound_is_accepted(case: Case, owner: Agency):
    import_(case, owner)

    assert Questionnaire.objects.get().versions.get().number == 1


def test_a_survey_whose_rows_are_all_left_out_says_so():
    data = workbook(survey=[("type", "name", "label"), ("select_one_from_file a.csv", "q", "Q")])

    found = {p.code: p.severity for p in read_workbook(data, "a.xlsx", code="phieu").problems}

    assert found["survey_empty"] == "warning"


def test_every_file_of_the_corpus_has_a_name_that_can_be_a_file(tmp_path: Path):
    names = [case.name for case in corpus()]

    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert [name for name in names if not re.fullmatch(r"\w+", name)] == []
