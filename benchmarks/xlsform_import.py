"""Import of an XLSForm with 100 and 500 questions beside pyxform's conversion of the same file.

Run: .venv/bin/python benchmarks/xlsform_import.py
Whole, with the process that opens the file, and without it; each as a share of pyxform's own time in
the same run, which it must not pass.
"""

import io
from functools import partial
from typing import Any

from measure import Measurement, prepare_django, repeated, report

prepare_django()

from openpyxl import Workbook  # noqa: E402  (after Django is set up)
from pyxform.xls2xform import convert  # noqa: E402

from surveys.definitions import dump, load  # noqa: E402
from surveys.engine import Definition  # noqa: E402
from surveys.xlsform import ReadResult, read_sheets, read_workbook  # noqa: E402
from surveys.xlsform.workbook import sheets_from  # noqa: E402
from surveys.xlsform.worker import extract  # noqa: E402

TIMES = 20
SIZES = (100, 500)
BAR = "pyxform's"
HEAD = ("type", "name", "label", "label::English (en)", "hint", "required", "relevant",
        "constraint", "constraint_message", "calculation")  # fmt: skip
KINDS = ("integer", "text", "select_one yn", "decimal", "calculate")


def main() -> None:
    """Import each size and check that every question arrived."""
    for size in SIZES:
        data = workbook(size)
        survey, theirs = repeated(
            f"{size} questions, pyxform", partial(with_pyxform, data), times=TIMES
        )
        theirs.check(f"q{size - 1}" in survey, "the last question is in the XForm")
        whole, m = repeated(
            f"{size} questions, whole import",
            partial(read_workbook, data, "phieu.xlsx", code="phieu"),
            times=TIMES,
            bar=BAR,
        )
        m.check(questions(whole) == size, f"{size} questions")
        compare(m, theirs)
        inside, m = repeated(
            f"{size} questions, in this process", partial(in_process, data), times=TIMES, bar=BAR
        )
        m.check(inside == whole, "equal to the whole import")
        compare(m, theirs)
        definition = whole.definition
        assert definition is not None
        stored, m = repeated(
            f"{size} questions, stored and loaded", partial(round_trip, definition), times=TIMES
        )
        m.check(stored == definition, "equal after the round trip")
    report()


def compare(ours: Measurement, theirs: Measurement) -> None:
    """Say what share of pyxform's time ours is, by the clock; more than all of it is no result."""
    ratio = ours.wall / theirs.wall
    ours.check(ratio <= 1, f"{ratio:.2f} of pyxform's time")


def workbook(size: int) -> bytes:
    """A questionnaire in sections of 20 with conditions, checks and calculations."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "survey"
    sheet.append(HEAD)
    for number in range(size):
        if number % 20 == 0:
            sheet.append(("begin_group", f"s{number}", f"Phần {number}", f"Part {number}"))
        sheet.append(row(number))
        if number % 20 == 19:
            sheet.append(("end_group",))
    choices = book.create_sheet("choices")
    for line in (("list_name", "name", "label"), ("yn", "y", "Có"), ("yn", "n", "Không")):
        choices.append(line)
    settings = book.create_sheet("settings")
    settings.append(("form_title", "form_id", "default_language"))
    settings.append(("Phiếu", "phieu", "Tiếng Việt (vi)"))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def row(number: int) -> tuple[str, ...]:
    """A question that refers to numbers before it."""
    kind = KINDS[number % len(KINDS)]
    first = f"q{number - number % len(KINDS)}"
    is_number = kind in {"integer", "decimal"}
    return (
        kind,
        f"q{number}",
        f"Câu hỏi số {number}",
        f"Question {number}",
        "Ghi số tại thời điểm 31/12",
        "yes" if kind == "integer" else "",
        f"${{{first}}} > 0" if number % 5 == 1 else "",
        ". >= 0 and . < 100000" if is_number else "",
        "Không được âm" if is_number else "",
        f"${{{first}}} * 2 + 1" if kind == "calculate" else "",
    )


def questions(result: ReadResult) -> int:
    """How many questions stand in the sections."""
    assert result.definition is not None, result.problems
    return sum(element.name.startswith("q") for element in result.definition.elements())


def in_process(data: bytes) -> ReadResult:
    """What an import costs without a process of its own."""
    return read_sheets(sheets_from(extract(data, filename="phieu.xlsx")), code="phieu")


def round_trip(definition: Definition) -> Definition:
    """The definition as it comes back from the store."""
    return load(dump(definition))


def with_pyxform(data: bytes) -> str:
    """The same file through pyxform, up to its XForm."""
    converted: Any = convert(xlsform=io.BytesIO(data), validate=False, file_type=".xlsx")
    return str(converted.xform)


if __name__ == "__main__":
    main()
