import pytest

from surveys.engine import errors
from surveys.organisations.enums import AgencyType
from surveys.xlsform import read_workbook


@pytest.mark.parametrize("name", ["tochuc_1690.xlsx"])
def test_the_questionnaires_of_the_library_have_no_errors(repository, name: str):
    data = (repository / "surveys" / "questionnaires" / "library" / name).read_bytes()

    result = read_workbook(data, name, code="thu-vien", agency_types=AgencyType.values)

    assert errors(result.problems) == []
    assert result.definition is not None
