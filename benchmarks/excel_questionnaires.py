"""The Excel questionnaire: written for the ready questionnaire of Decision 1690 and for a large one.

The large one has 104 questions and five tables of 12 x 20 cells, every sixth question and every cell
answered, with the figures of the round before. Each workbook is opened by openpyxl and by calamine
before its time is reported. Then 5,000 returned workbooks of the ready questionnaire, each with answers
of its own, are read in limited children by as many processes as there are cores, compared with an
empty draft, and checked by the form.

Run: .venv/bin/python benchmarks/excel_questionnaires.py
"""

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime
from functools import partial
from io import BytesIO
from pathlib import Path

from measure import measured, repeated, report

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from openpyxl import load_workbook  # noqa: E402  (after the path is known)
from python_calamine import CalamineWorkbook  # noqa: E402

from surveys.engine import (  # noqa: E402
    Choice,
    ChoiceList,
    Context,
    Definition,
    Document,
    Element,
    Form,
    FormState,
    Group,
    Kind,
    MissingCode,
    Question,
    Table,
    Totals,
    answer_at_random,
    compile_definition,
)
from surveys.excelform import BookFacts, questionnaire_workbook  # noqa: E402
from surveys.excelform.comparing import compare  # noqa: E402
from surveys.excelform.reading.extraction import extract  # noqa: E402
from surveys.excelform.reading.returned import returned  # noqa: E402
from surveys.excelform.reading.sheets import read_workbooks, sheets_of  # noqa: E402
from surveys.xlsform import read_workbook  # noqa: E402

READY = ROOT / "surveys/questionnaires/library/tochuc_1690.xlsx"
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
BAR = "30 ms"
TIMES = 20
RETURNED, DIFFERENT, BATCH = 5_000, 50, 25
FORMS: list[Form] = []
"""The compiled questionnaire of a process that compares."""
SECTIONS, QUESTIONS = 8, 13
TABLES, ROWS, COLUMNS = 5, 12, 20
KINDS = (Kind.INTEGER, Kind.TEXT, Kind.SELECT_ONE, Kind.DATE, Kind.SELECT_MULTIPLE, Kind.DECIMAL)
FACTS = BookFacts(
    agency="UBND tỉnh Lào Cai",
    campaign="Báo cáo chuyển đổi số",
    period="Năm 2026",
    deadline="hết ngày 30/11/2026",
    basis="Quyết định 1690/QĐ-TTg",
    questionnaire="phieu",
    version="1",
    definition="ab" * 32,
    made_at=NOW,
)


def main() -> None:
    """Write each workbook, and check what other programs find in it."""
    read = read_workbook(READY.read_bytes(), READY.name, code=READY.stem)
    assert read.definition is not None
    ready = compile_definition(read.definition)
    answers = answer_at_random(ready, seed=3, answers={}, context=context()).submission()
    measure("Decision 1690, answered", ready, answers)
    large = compile_definition(definition())
    measure("104 questions, 5 tables of 12 x 20", large, filled())
    measure_returned(ready)
    report()


def measure_returned(form: Form) -> None:
    """Many returned workbooks: read, compared, checked; every answer found again."""
    drafts = [
        answer_at_random(form, seed=seed, answers={}, context=context())
        for seed in range(DIFFERENT)
    ]
    files = [questionnaire_workbook(draft, FACTS) for draft in drafts]
    count, one = repeated(
        "one returned, in this process", partial(compare_here, form, files[0]), times=TIMES
    )
    one.check(count == count_of(form, drafts[0].submission(), files[0]), f"{count} answers")
    batches = [
        [files[(start + number) % DIFFERENT] for number in range(BATCH)]
        for start in range(0, RETURNED, BATCH)
    ]
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores, initializer=keep_form, initargs=(form.definition,)) as pool:
        list(pool.map(compare_batch, batches[:cores]))
        with measured(f"{RETURNED:,} returned, {cores} processes", bar="60 s, 15 s") as m:
            found = [count for counts in pool.map(compare_batch, batches) for count in counts]
    expected = [count_of(form, draft.submission(), files[at]) for at, draft in enumerate(drafts)]
    m.check(
        found == [expected[at % DIFFERENT] for at in range(RETURNED)],
        f"{len(found):,} workbooks, {sum(found):,} answers",
    )


def count_of(form: Form, answers: Document, file: bytes) -> int:
    """How many answers of a draft a workbook of it brings into an empty one."""
    (sheets,) = read_workbooks([file], "phieu.xlsx")
    assert isinstance(sheets, tuple)
    found = compare(returned(sheets, form), empty(form))
    after = found.after
    given = {name for name, value in answers.items() if value and is_single(form, name)}
    asked = {name for name in given if after.is_relevant(name)}
    brought = after.submission().keys()
    assert asked <= brought, sorted(asked - brought)
    return len(found.lines)


def compare_here(form: Form, file: bytes) -> int:
    """What a child and its process do with one workbook, in one process: it shows the CPU time."""
    sheets = sheets_of(extract(file, filename="phieu.xlsx"))
    return len(compare(returned(sheets, form), empty(form)).lines)


def empty(form: Form) -> FormState:
    """A draft in which nothing is answered; what the system knows of an agency stands in it."""
    known = {name: "xa" for name, part in form.parts.items() if is_hidden(part.element)}
    return FormState(form, answers=dict(known), context=context())


def is_hidden(element: Element) -> bool:
    """Whether the system fills it in."""
    return isinstance(element, Question) and element.kind is Kind.HIDDEN


def keep_form(definition: Definition) -> None:
    """Compile the questionnaire once in each process."""
    FORMS.append(compile_definition(definition))


def compare_batch(files: list[bytes]) -> list[int]:
    """The number of answers in each workbook."""
    form, counts = FORMS[-1], []
    for sheets in read_workbooks(files, "phieu.xlsx"):
        assert isinstance(sheets, tuple)
        counts.append(len(compare(returned(sheets, form), empty(form)).lines))
    return counts


def measure(label: str, form: Form, answers: Document) -> None:
    """One workbook, written again and again from an unread state."""
    content, m = repeated(label, partial(write, form, answers), times=TIMES, bar=BAR)
    m.check(content == write(form, answers), "the same bytes again")
    found = load_workbook(BytesIO(content))
    m.check(len(found.worksheets) == len(form.sections) + 3, f"{len(found.worksheets)} sheets")
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    values = {cell for rows in sheets for row in rows for cell in row}
    asked = {f"question:{name}" for name, part in form.parts.items() if is_single(form, name)}
    m.check(asked <= values, f"{len(asked)} questions, {len(content):,} bytes")


def is_single(form: Form, name: str) -> bool:
    """Whether the element is a question that is typed, outside tables and repeats."""
    part = form.parts[name]
    return part.is_asked and not part.owner and part.question.kind not in {Kind.FILE, Kind.IMAGE}


def write(form: Form, answers: Document) -> bytes:
    """The workbook of a state that nobody has asked anything yet."""
    return questionnaire_workbook(FormState(form, answers=answers, context=context(answers)), FACTS)


def context(previous: Document | None = None) -> Context:
    """The day, and what was answered in the round before."""
    return Context(date(2026, 11, 22), NOW, "vi", previous)


def definition() -> Definition:
    """Sections of questions of all kinds, then tables."""
    pages = tuple(
        Group(
            name=f"s{page}",
            label={"vi": f"{page + 1}. Phần"},
            children=tuple(
                question(f"q_{page}_{n}", KINDS[n % len(KINDS)]) for n in range(QUESTIONS)
            ),
        )
        for page in range(SECTIONS)
    )
    tables = tuple(
        Table(
            name=f"t{table}",
            label={"vi": f"Bảng {table}"},
            row_list="rows",
            totals=Totals.BOTH,
            columns=tuple(question(f"c_{table}_{n}", Kind.INTEGER) for n in range(COLUMNS)),
        )
        for table in range(TABLES)
    )
    rows = tuple(Choice(f"r{row}", {"vi": f"Dòng {row}"}) for row in range(ROWS))
    choices = tuple(Choice(str(n), {"vi": f"Lựa chọn {n}"}) for n in range(6))
    return Definition(
        code="do",
        title={"vi": "Đo"},
        children=(*pages, *tables),
        lists={"rows": ChoiceList("rows", rows), "choices": ChoiceList("choices", choices)},
    )


def question(name: str, kind: Kind) -> Question:
    """A question with hint, unit and missing codes."""
    listed = kind in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE}
    return Question(
        name=name,
        kind=kind,
        label={"vi": f"Câu hỏi {name} về chuyển đổi số của cơ quan"},
        hint={"vi": "Theo văn bản đã ban hành"},
        list_name="choices" if listed else "",
        unit={"vi": "người"} if kind is Kind.INTEGER else {},
        missing=(MissingCode.NOT_APPLICABLE, MissingCode.NOT_YET),
    )


def filled() -> Document:
    """Every sixth question and every cell answered."""
    singles = {f"q_{page}_{n}": "3" for page in range(SECTIONS) for n in range(0, QUESTIONS, 6)}
    tables = {
        f"t{table}": {
            f"r{row}": {f"c_{table}_{n}": str(row * n) for n in range(COLUMNS)}
            for row in range(ROWS)
        }
        for table in range(TABLES)
    }
    return singles | tables


if __name__ == "__main__":
    main()
