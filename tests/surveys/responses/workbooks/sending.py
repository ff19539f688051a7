"""Workbooks of a small questionnaire as an agency fills them in and sends them."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from surveys.excelform import BookFacts, questionnaire_workbook
from surveys.excelform.comparing import Verdict
from surveys.models import Response, User, WorkbookUpload
from surveys.responses.queries import state_of
from surveys.responses.workbooks.lines import lines_from
from surveys.responses.workbooks.upload import take_back
from tests.surveys.campaigns.factories import NOW

LATER = NOW + timedelta(hours=1)


def handed_out(response: Response, **facts: Any) -> bytes:
    """The workbook of a draft as it stands now."""
    version = response.version
    told = {
        "agency": str(response.assignment.agency),
        "campaign": "Báo cáo",
        "period": "2026",
        "deadline": "30/11/2026",
        "basis": "",
        "questionnaire": version.questionnaire.code,
        "version": str(version.number),
        "definition": "ab" * 32,
        "made_at": NOW,
    }
    return questionnaire_workbook(state_of(response, at=NOW), BookFacts(**{**told, **facts}))


def filled(data: bytes, values: dict[str, Any]) -> bytes:
    """The workbook with values typed at paths: ``staff``, ``budget/oda/planned``, ``contacts//…``."""
    book = load_workbook(io.BytesIO(data))
    for path, value in values.items():
        sheet, row, column = spot(book, path)
        sheet.cell(row, column).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def spot(book: Workbook, path: str) -> tuple[Worksheet, int, int]:
    """Where a path's cell stands; an empty row id means the first blank row."""
    owner, _slash, rest = path.partition("/")
    row_id, _slash, name = rest.rpartition("/")
    code = f"question:{owner}" if not rest else ""
    codes = (code,) if code else (f"row:{owner}/{row_id}", f"entry:{owner}/{row_id}")
    wanted = f"column:{name}" if rest else "ks:answer"
    for sheet in book.worksheets:
        row = next((cell.row for cell in sheet["A"] if cell.value in codes), None)
        if row is not None:
            heads = [
                cells for cells in sheet.iter_rows(max_row=row) if _is_head(cells, owner, rest)
            ]
            column = next(cell.column for cell in heads[-1] if cell.value == wanted)
            return sheet, row, column
    raise LookupError(path)


def _is_head(cells: Any, owner: str, rest: str) -> bool:
    heads = (f"table:{owner}", f"repeat:{owner}") if rest else ("ks:columns",)
    return cells[0].value in heads


def sent(
    response: Response, values: dict[str, Any], actor: User, *, data: bytes | None = None
) -> WorkbookUpload:
    """The workbook filled in and sent an hour after it was handed out."""
    content = filled(data or handed_out(response), values)
    return take_back(response.assignment, file=as_file(content), actor=actor, at=LATER)


def as_file(content: bytes, name: str = "phieu.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def verdicts(upload: WorkbookUpload) -> list[tuple[str, str, str, str]]:
    """The lines of an upload that are not unchanged."""
    return [
        (line.path, line.part, line.verdict, line.reason)
        for line in lines_from(upload.lines)
        if line.verdict is not Verdict.UNCHANGED
    ]


Change = Callable[[Workbook], object]
