"""The very workbook that was sent, with what is to be corrected marked in it."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, override

from surveys.common.errors import DomainError
from surveys.excelform.comparing import Line, Verdict
from surveys.excelform.marking.worker import mark
from surveys.files import storage
from surveys.limited import LIMITS, Limits, Unreadable, read_limited
from surveys.responses.workbooks.models import WorkbookUpload
from surveys.responses.workbooks.shown import LineWriter, ShownFinding
from surveys.responses.workbooks.words import reason_of

LANGUAGES: Final = ("vi", "en")
TITLE: Final[Promise] = gettext_lazy("To correct")
MARKED: Final = frozenset({Verdict.WRONG, Verdict.CONFLICT, Verdict.REFUSED})
SECONDS: Final = 20.0


class WorkbookNotMarkable(DomainError):
    """The file cannot be written again."""

    code = "workbook_not_markable"
    message = gettext_lazy(
        "The file cannot be marked. Correct it by the list on this page, or save it anew as .xlsx and "
        "send it again."
    )
    status = 422


def marked_workbook(
    upload: WorkbookUpload,
    lines: Iterable[Line],
    findings: Iterable[ShownFinding],
    writer: LineWriter,
) -> bytes:
    """The workbook with the lines that are not taken and the findings. Raises WorkbookNotMarkable."""
    marks = [*(_of_line(line, writer) for line in lines if line.verdict in MARKED)]
    marks += [_of_finding(each) for each in findings]
    options = {"marks": marks, "words": _words(), "author": gettext("Digital Survey")}
    with storage.open_content(upload.pk) as content:
        data = content.read()
    limits = Limits(SECONDS, LIMITS.memory_bytes, LIMITS.answer_bytes)
    try:
        made: bytes = read_limited(mark, data, options, limits=limits)
    except Unreadable as failure:
        raise WorkbookNotMarkable from failure
    return made


def _of_line(line: Line, writer: LineWriter) -> dict[str, Any]:
    return {
        "sheet": line.sheet,
        "cell": line.cell,
        "label": writer.place(line.path),
        "text": line.text,
        "reason": reason_of(line),
        "is_soft": line.verdict is not Verdict.WRONG,
    }


def _of_finding(finding: ShownFinding) -> dict[str, Any]:
    return {
        "sheet": finding.sheet,
        "cell": finding.cell,
        "label": finding.place,
        "text": "",
        "reason": finding.text,
        "is_soft": finding.grade != "bad",
    }


def _words() -> dict[str, Any]:
    titles = []
    for language in LANGUAGES:
        with override(language):
            titles.append(str(TITLE))
    return {
        "title": str(TITLE),
        "intro": gettext(
            "Correct the cells below and send the workbook again. Cells in red cannot be taken over; "
            "cells in yellow want a second look. The marks go when the workbook is marked anew."
        ),
        "headings": [
            gettext("Sheet"),
            gettext("Cell"),
            gettext("Question"),
            gettext("In the cell"),
            gettext("Reason"),
        ],
        "earlier": titles,
    }
