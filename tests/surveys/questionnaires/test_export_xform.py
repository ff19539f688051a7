from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.surveys.questionnaires.factories import imported
from tests.surveys.xlsform.workbooks import workbook

pytestmark = pytest.mark.django_db

HEAD = ["type", "name", "label", "calculation"]


def test_a_version_becomes_an_xform_with_its_number(tmp_path: Path):
    imported()
    file = tmp_path / "a.xml"

    call_command("export_xform", "to-chuc", "-o", str(file))

    assert '<data id="to-chuc" version="1">' in file.read_text("utf-8")


def test_what_collect_cannot_calculate_is_named_and_nothing_is_written(tmp_path: Path, capsys):
    rows = [HEAD, ["integer", "a", "A", ""], ["calculate", "b", "", "previous(${a})"]]
    imported(workbook(survey=rows))
    file = tmp_path / "a.xml"

    with pytest.raises(CommandError, match="nothing was written"):
        call_command("export_xform", "to-chuc", "-o", str(file))

    assert capsys.readouterr().out == (
        "survey!D3: error: function_not_in_odk b: ODK Collect has no function previous().\n"
    )
    assert not file.exists()


@pytest.mark.parametrize(
    "calculation",
    [
        "pulldata('prices', 'price', 'item', ${a})",
        "instance('prices')/root/item[item = ${a}]/price",
    ],
)
def test_a_lookup_table_stands_beside_the_form_under_the_name_it_has_there(tmp_path, calculation):
    rows = [HEAD, ["text", "a", "A", ""], ["calculate", "b", "", calculation]]
    table = [["item", "price"], ["rice", "12,5"]]
    imported(workbook(**{"survey": rows, "lookup.prices": table, "lookup.unused": table}))
    file = tmp_path / "a.xml"

    call_command("export_xform", "to-chuc", "-o", str(file))

    assert 'src="jr://file-csv/prices.csv"' in file.read_text("utf-8")
    assert (tmp_path / "prices.csv").read_text("utf-8") == 'item,price\nrice,"12,5"\n'
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.xml", "prices.csv"]
