"""The questionnaire that comes with the product passes its own check."""

from datetime import datetime
from pathlib import Path

import pytest

from surveys import questionnaires
from surveys.engine import Context, Form, compile_definition
from surveys.engine.quality import review
from surveys.engine.simulation import simulate
from surveys.xlsform import read_workbook

NOW = datetime(2026, 11, 20, 9, 30)  # noqa: DTZ001 - civil time


LIBRARY = Path(questionnaires.__file__).parent / "library"


@pytest.fixture(scope="module")
def tochuc() -> Form:
    data = (LIBRARY / "tochuc_1690.xlsx").read_bytes()
    definition = read_workbook(data, "tochuc_1690.xlsx", code="tochuc_1690").definition
    assert definition is not None
    return compile_definition(definition)


def test_nothing_is_unreachable_contradictory_unused_untranslated_or_unmarked(tochuc):
    codes = {problem.code for problem in review(tochuc).problems}

    assert codes <= {"indicator_without_question", "question_without_indicator"}


def test_random_respondents_get_through(tochuc):
    simulation = simulate(tochuc, respondents=8, seed=1, context=Context(NOW.date(), NOW))

    assert (simulation.finished, simulation.blocked) == (8, ())
