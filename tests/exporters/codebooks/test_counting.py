"""Frequencies in a codebook: what passed the disclosure gate for its reader, and nothing else."""

import json

import pytest
from django.core.management import call_command

from analytics.answers import signed_answers
from analytics.explorer.models import Tabulation
from analytics.gate.enums import Audience
from analytics.gate.models import ReleasedTable
from exporters.codebooks.counting import counted, results_for
from exporters.codebooks.gathering import codebook_of
from exporters.codebooks.writer import write_codebook, write_codebook_with_frequencies
from exporters.order import Order
from surveys.background.runner import run_pending
from surveys.campaigns.enums import Anonymity
from tests.answered import NOW, answered_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    made = answered_round()
    run_pending()
    return made


def frequencies(round_, audience):
    codebook = codebook_of([round_], audience, as_of=NOW)
    results = results_for(round_, audience, actor=None, at=NOW)
    return {each.name: each for each in counted(codebook, results).variables()}


def ordered(round_, audience, file_format="json", **changes):
    told = {"name": "codebook_frequencies", "language": "vi", "as_of": NOW, **changes}
    return Order(format=file_format, subject=round_, audience=audience, **told)


def nothing(_done, _total, _message):
    """Progress that nobody reads."""


def test_whoever_may_see_every_answer_gets_every_count(round_):
    chosen = [
        answers.answers["a3_functions"]
        for answers in signed_answers(round_)
        if "a3_functions" in answers.answers
    ]

    found = frequencies(round_, Audience.DEPARTMENT)["a3_functions"]

    assert found.counted.answered == len(chosen)
    assert sum(code.count for code in found.codes) == sum(map(len, chosen))
    assert not any(code.is_hidden for code in found.codes)


def test_small_cells_are_hidden_from_researchers(round_):
    protected = frequencies(round_, Audience.RESEARCHERS)

    told = [
        code.count
        for each in protected.values()
        for code in each.codes
        if code.count is not None and 0 < code.count < 5
    ]
    assert told == []
    assert any(each.counted.is_hidden for each in protected.values() if each.counted)


def test_what_researchers_get_is_noted_in_the_log_once(round_):
    frequencies(round_, Audience.RESEARCHERS)
    noted = ReleasedTable.objects.filter(round=round_).count()
    frequencies(round_, Audience.RESEARCHERS)

    assert noted > 0
    assert ReleasedTable.objects.filter(round=round_).count() == noted


def test_figures_of_an_open_confidential_round_are_withheld(round_):
    round_.campaign.anonymity = Anonymity.CONFIDENTIAL
    round_.campaign.save()

    assert results_for(round_, Audience.DEPARTMENT, actor=None, at=NOW) == {}


def test_a_codebook_without_frequencies_has_no_figure_of_an_answer(round_, tmp_path):
    out = tmp_path / "codebook.json"
    write_codebook(ordered(round_, Audience.DEPARTMENT), out, nothing)

    document = json.loads(out.read_bytes())
    assert document["has_counts"] is False
    assert not any("counted" in each for file in document["files"] for each in file["variables"])


@pytest.mark.parametrize("file_format", ["xml", "html", "xlsx", "json"])
def test_the_same_order_gives_the_same_file(round_, tmp_path, file_format):
    one, other = tmp_path / "one", tmp_path / "other"

    write_codebook_with_frequencies(
        ordered(round_, Audience.RESEARCHERS, file_format), one, nothing
    )
    write_codebook_with_frequencies(
        ordered(round_, Audience.RESEARCHERS, file_format), other, nothing
    )

    assert one.read_bytes() == other.read_bytes()


def test_one_variable_is_counted_as_its_page_shows_it(round_):
    stored = Tabulation.objects.get(
        round=round_, audience=Audience.DEPARTMENT, asking__question="a2_model"
    )

    assert stored.result is not None
    found = frequencies(round_, Audience.DEPARTMENT)["a2_model"]

    assert {code.value: code.count for code in found.codes} == {
        each["code"]: each["n"] for each in stored.result["options"]
    }


def test_the_command_writes_a_codebook(round_, tmp_path, capsys):
    out = tmp_path / "codebook.xml"

    call_command("export", round_.code, "--name", "codebook", "--format", "xml", "-o", str(out))

    assert out.read_bytes().startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<codeBook ')
    assert "bytes" in capsys.readouterr().out
