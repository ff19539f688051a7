"""What is written into a workbook is what is read back, also after LibreOffice has saved it."""

import io
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as cases
from hypothesis import settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from surveys.engine import answer_at_random
from surveys.excelform import BookFacts, questionnaire_workbook
from surveys.excelform.comparing import Line, compare
from surveys.excelform.reading.returned import returned
from surveys.excelform.reading.sheets import read_workbook
from tests.surveys.excelform.returned_books import FORM, NOW, state
from tests.surveys.responses.workbooks.sending import filled

FACTS = BookFacts(
    agency="UBND tỉnh Lào Cai",
    campaign="Báo cáo",
    period="2026",
    deadline="30/11/2026",
    basis="",
    questionnaire="phieu",
    version="3",
    definition="ab" * 32,
    made_at=NOW,
)
TEXTS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=40
)


def differences(data: bytes, answers: dict[str, Any], **documents: Any) -> list[Line]:
    """What the workbook would change in a draft with these answers."""
    workbook = returned(read_workbook(data, "phieu.xlsx"), FORM)
    found = compare(workbook, state(answers, **documents))
    assert found.problems == ()
    return [line for line in found.lines if line.verdict != "unchanged"]


@settings(max_examples=60, deadline=None)
@cases(st.integers(min_value=0, max_value=1_000_000))
def test_random_answers_come_back_as_they_were(seed: int):
    draft = answer_at_random(FORM, seed=seed, answers={}, context=state().context)
    data = questionnaire_workbook(draft, FACTS)

    documents = {"remarks": draft.remarks, "typed": draft.typed}
    assert differences(data, draft.answers, **documents) == []


@settings(max_examples=60, deadline=None)
@cases(
    TEXTS,
    st.decimals(min_value=-(10**9), max_value=10**9, places=4),
    st.dates(min_value=NOW.date().replace(year=1901)),
)
def test_any_text_number_and_day_come_back_as_they_were(text: str, number: Any, day: Any):
    plain = format(number, "f").rstrip("0").rstrip(".") or "0"
    answers = {
        "name": " ".join(unicodedata.normalize("NFC", text).split()) or "x",
        "cost": "0" if plain in {"-0", ""} else plain,
        "day": day.isoformat(),
    }

    assert differences(questionnaire_workbook(state(answers), FACTS), answers) == []


ANSWERS: dict[str, Any] = {
    "staff": "12",
    "share": "45.5",
    "cost": "1.234",
    "name": "Lào Cai",
    "day": "2026-12-31",
    "clock": "08:30",
    "moment": "2026-12-31T08:30",
    "level": "high",
    "several": ["low", "3"],
    "rank": ["high", "low"],
    "agreed": "OK",
    "more": "x",
    "budget": {"state": {"planned": "5"}, "oda": {"planned": "1", "loan": "2"}},
    "people": [{"_id": "aa", "who": "An", "age": "30", "skills": ["low", "high"]}],
}
TYPED: dict[str, Any] = {
    "staff": "1.300",
    "cost": "1.234,5",
    "day": "25/12/2026",
    "level": "Thấp",
    "budget/oda/planned": 7.25,
    "people//who": "Bình",
    "people//age": 41,
}


def saved_by_office(data: bytes, tmp_path: Path, kinds: tuple[str, ...]) -> bytes:
    """The workbook as LibreOffice saves it in one format after the other."""
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice is missing: install libreoffice-calc-nogui"
    file = tmp_path / "phieu.xlsx"
    file.write_bytes(data)
    for number, kind in enumerate(kinds):
        made = tmp_path / f"made{number}"
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [soffice, profile, "--headless", "--convert-to", kind, "--outdir", str(made)]
        subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=120)
        file = made / f"phieu.{kind}"
    return file.read_bytes()


@pytest.mark.parametrize("kinds", [("xlsx",), ("ods", "xlsx")], ids=["xlsx", "ods"])
def test_what_libreoffice_saved_is_read_back(tmp_path: Path, kinds: tuple[str, ...]):
    data = saved_by_office(
        filled(questionnaire_workbook(state(ANSWERS), FACTS), TYPED), tmp_path, kinds
    )

    assert {line.path: line.new.value for line in differences(data, ANSWERS) if line.new.value} == {
        "staff": "1300",
        "cost": "1234.5",
        "day": "2026-12-25",
        "level": "low",
        "budget/oda/planned": "7.25",
        "people/+1/who": "Bình",
        "people/+1/age": "41",
    }


def test_an_untouched_workbook_that_libreoffice_saved_changes_nothing(tmp_path: Path):
    data = saved_by_office(questionnaire_workbook(state(ANSWERS), FACTS), tmp_path, ("xlsx",))

    assert load_workbook(io.BytesIO(data)).sheetnames
    assert differences(data, ANSWERS) == []
