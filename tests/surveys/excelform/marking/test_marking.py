"""The very workbook comes back: wrong cells coloured, noted and listed, all else as it was."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any, Final

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from surveys.excelform.marking.styles import HARD, SOFT
from surveys.excelform.marking.worker import mark
from surveys.limited import read_limited
from tests.surveys.excelform.returned_books import budget, general, given, question, workbook

AUTHOR: Final = "Khảo sát số"
WORDS: Final[dict[str, Any]] = {
    "title": "Cần sửa",
    "intro": "Sửa các ô dưới đây rồi tải tệp lên lại.",
    "headings": ["Trang tính", "Ô", "Câu hỏi", "Đang ghi", "Lý do"],
    "earlier": ["To correct"],
}


def wrong(
    cell: str, reason: str = "Không phải số.", *, sheet: str = "Chung", **more: Any
) -> dict[str, Any]:
    return {
        "sheet": sheet,
        "cell": cell,
        "label": "Số người",
        "text": "x",
        "reason": reason,
        **more,
    }


def marked(data: bytes, *marks: dict[str, Any]) -> bytes:
    options = {"marks": list(marks), "words": WORDS, "author": AUTHOR}
    made: bytes = read_limited(mark, data, options)
    return made


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def colour(book: Workbook, cell: str, sheet: str = "Chung") -> str:
    fill = book[sheet][cell].fill
    return str(fill.fgColor.rgb) if fill.patternType else ""


def dressed(made: Workbook) -> None:
    """Notes, formats, merged cells, a dropdown, protection: what must still be there afterwards."""
    sheet = made["Chung"]
    sheet["C3"].comment = Comment("Xem lại", "Cán bộ")
    sheet["D4"].number_format = "#,##0.0"
    sheet["D4"].fill = PatternFill("solid", "FFEEF5FF")
    sheet.merge_cells("F1:G1")
    choice = DataValidation(type="list", formula1='"a,b"')
    choice.add("D5")
    sheet.add_data_validation(choice)
    sheet.protection.enable()
    sheet.freeze_panes = "A3"


SHEETS: Final = general(question("staff", "x"), question("cost", 3.5), question("name", "An"))


@pytest.fixture(scope="module")
def plain() -> bytes:
    return workbook(SHEETS | budget(("row:budget/oda", "ODA", 5, 6)), change=dressed)


def test_a_wrong_cell_is_coloured_and_keeps_its_format(plain: bytes):
    book = opened(marked(plain, wrong("D4"), wrong("D5", is_soft=True)))

    assert colour(book, "D4") == HARD
    assert book["Chung"]["D4"].number_format == "#,##0.0"
    assert colour(book, "D5") == SOFT
    assert colour(book, "D3") == ""


def test_the_reasons_are_noted_at_the_cell(plain: bytes):
    sheet = opened(marked(plain, wrong("D4"), wrong("D4", "Quá lớn.")))["Chung"]

    assert sheet["D4"].comment.text == f"{AUTHOR}:\nKhông phải số.\nQuá lớn."
    assert sheet["D4"].comment.author == AUTHOR


def test_the_note_of_somebody_else_stays_and_is_added_to(plain: bytes):
    sheet = opened(marked(plain, wrong("C3")))["Chung"]

    assert sheet["C3"].comment.text == f"Xem lại\n{AUTHOR}:\nKhông phải số."
    assert sheet["C3"].comment.author == "Cán bộ"


def test_a_list_links_to_each_cell_and_is_what_opens(plain: bytes):
    book = opened(marked(plain, wrong("D4"), wrong("", "Thiếu mã.", sheet="Bảng")))
    sheet = book["Cần sửa"]

    assert book.active is sheet
    assert [tab.title for tab in book.worksheets if tab.sheet_view.tabSelected] == ["Cần sửa"]
    assert [[cell.value for cell in row] for row in sheet["A4:E5"]] == [
        ["Chung", "D4", "Số người", "x", "Không phải số."],
        ["Bảng", None, "Số người", "x", "Thiếu mã."],
    ]
    assert sheet["B4"].hyperlink.location == "'Chung'!D4"


def test_a_cell_that_was_not_there_comes_to_be(plain: bytes):
    book = opened(marked(plain, wrong("H9"), wrong("A9"), wrong("C40")))

    assert [colour(book, cell) for cell in ("H9", "A9", "C40")] == [HARD] * 3


def test_parts_that_need_no_change_keep_their_bytes(plain: bytes):
    changed = {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
    }
    before, after = (
        zipfile.ZipFile(io.BytesIO(each)) for each in (plain, marked(plain, wrong("D4")))
    )
    same = [name for name in before.namelist() if before.read(name) == after.read(name)]
    chung = {"xl/worksheets/sheet2.xml", "xl/comments/comment1.xml"}
    drawings = {name for name in before.namelist() if name.endswith(".vml")}

    assert set(before.namelist()) - set(same) == changed | chung | drawings


def test_what_is_beside_the_marks_is_still_there(plain: bytes):
    sheet = opened(marked(plain, wrong("D4")))["Chung"]

    assert [str(area) for area in sheet.merged_cells.ranges] == ["F1:G1"]
    assert [each.formula1 for each in sheet.data_validations.dataValidation] == ['"a,b"']
    assert sheet.protection.sheet
    assert sheet.freeze_panes == "A3"
    assert sheet["D4"].value == 3.5


def test_a_marked_workbook_reads_as_before(plain: bytes):
    def read(data: bytes) -> dict[str, Any]:
        return {path: one.value.raw for path, one in given(data).given.items() if one.value}

    assert read(marked(plain, wrong("D4"), wrong("D5"))) == read(plain)


def test_marks_of_before_go_when_it_is_marked_again(plain: bytes):
    once = marked(plain, wrong("D4"), wrong("D5", is_soft=True), wrong("C3"))

    book = opened(marked(once, wrong("D3", "Còn sai.")))

    assert [colour(book, cell) for cell in ("D3", "D4", "D5")] == [HARD, "FFEEF5FF", ""]
    assert book["Chung"]["D4"].comment is None
    assert book["Chung"]["D3"].comment.text == f"{AUTHOR}:\nCòn sai."
    assert book["Chung"]["C3"].comment.text == "Xem lại"
    assert book.sheetnames.count("Cần sửa") == 1
    assert book["Cần sửa"]["E4"].value == "Còn sai."
    assert book["Cần sửa"]["E5"].value is None


def test_a_sheet_with_an_apostrophe_in_its_name_is_linked_to():
    data = workbook({"Mục 'A'": SHEETS["Chung"]})

    book = opened(marked(data, wrong("D3", sheet="Mục 'A'")))

    assert book["Cần sửa"]["B4"].hyperlink.location == "'Mục ''A'''!D3"


def test_libreoffice_opens_what_was_marked(plain: bytes, tmp_path: Path):
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice is missing: install libreoffice-calc-nogui"
    (tmp_path / "marked.xlsx").write_bytes(marked(plain, wrong("D4"), wrong("D5", is_soft=True)))
    made = tmp_path / "made"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(made)]
    subprocess.run(
        [*command, str(tmp_path / "marked.xlsx")], check=True, capture_output=True, timeout=120
    )

    book = opened((made / "marked.xlsx").read_bytes())

    assert colour(book, "D4") == HARD
    assert book["Chung"]["D4"].comment.text.strip() == f"{AUTHOR}:\nKhông phải số."
    assert book["Cần sửa"]["B4"].hyperlink.location == "'Chung'!D4"
    again = opened(marked((made / "marked.xlsx").read_bytes(), wrong("D3")))
    # The style of before is gone with the program that saved it: no colour is better than a wrong one.
    assert [colour(again, cell) for cell in ("D3", "D4", "D5")] == [HARD, "", ""]
    assert again["Chung"]["D4"].comment is None
