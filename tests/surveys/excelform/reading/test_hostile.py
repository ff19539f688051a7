"""Each file of the hostile corpus is no questionnaire that is read here."""

import pytest

from surveys.excelform.reading.identity import identity_of
from surveys.excelform.reading.sheets import WorkbookRefused, read_workbook, read_workbooks
from surveys.limited import read_limited
from tests.hostile.build_corpus import corpus
from tests.hostile.case import Case
from tests.surveys.excelform.returned_books import general, question, workbook
from tests.surveys.limited.functions import parent

QUICK = [pytest.param(case, id=case.name) for case in corpus() if not case.slow]


def is_taken_for_a_questionnaire(case: Case) -> bool:
    try:
        sheets = read_workbook(case.make(), case.filename)
    except WorkbookRefused:
        return False
    return identity_of(sheets).is_known


@pytest.mark.parametrize("case", QUICK)
def test_a_hostile_file_is_refused_or_known_to_be_another_workbook(case: Case):
    reader = read_limited(parent, b"")

    assert not is_taken_for_a_questionnaire(case)
    assert read_limited(parent, b"") == reader


def test_one_bad_file_of_many_harms_only_itself():
    good = workbook(general(question("staff", 1)))
    harmful = next(case for case in corpus() if case.name == "truncated").make()

    found = read_workbooks([good, harmful, good], "phieu.xlsx")

    assert [isinstance(each, tuple) for each in found] == [True, False, True]
