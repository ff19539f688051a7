"""Which forms are about this product, and what its reader says of them."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from surveys.engine.problems import errors
from surveys.xlsform.reader import read_sheets
from surveys.xlsform.workbook import Sheet
from tests.conformance.folder import Case
from tests.conformance.markdown import sheets_from, sheets_of

LISTED: Final[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "pyxform_scope.yml").read_text("utf-8")
)
LITERAL: Final = re.compile(r"'[^']*'|\"[^\"]*\"")
REFERENCE: Final = re.compile(r"\$\{[^{}]*\}")
LOOKUP: Final = re.compile(r"instance\(''\)/root/item\[([^\[\]]*)\]/[\w.-]+")
CALLED: Final = re.compile(r"([\w:-]+)\(")
NODE_PATH: Final = re.compile(r"\.\./|(?<![\w.*)\]])/[a-z]|\]/|::|/text\(\)|instance\(|last-saved")
ROW: Final = re.compile(r"\[row : (\d+)\](?: On the '(\w+)' sheet)?")


def sheets_in(case: Case) -> tuple[Sheet, ...]:
    """The form's sheets."""
    return sheets_of(case["md"]) if "md" in case else sheets_from(case["ss_structure"])


def named(cases: list[Case]) -> Iterator[tuple[str, Case]]:
    """Each case with a name of its own: its test, and its number among the cases of that test."""
    seen: Counter[str] = Counter()
    for case in cases:
        seen[case["test"]] += 1
        number = f" {seen[case['test']]}" if seen[case["test"]] > 1 else ""
        yield case["test"].removeprefix("tests.") + number, case


def reason_out(case: Case) -> str | None:
    """What the form uses that is out of scope; None where it uses nothing such."""
    sheets = {sheet.name.strip().lower(): sheet for sheet in sheets_in(case)}
    if found := sheets.keys() & set(LISTED["sheets"]):
        return f"sheet {min(found)}"
    for name, sheet in sheets.items():
        if reason := _reason_in_sheet(name, sheet):
            return reason
    return None


def _reason_in_sheet(name: str, sheet: Sheet) -> str | None:
    headers = [cell.lower() for cell in sheet.rows[0]] if sheet.rows else []
    columns = LISTED["settings begin"] if name == "settings" else LISTED["columns begin"]
    for header in headers:
        if header.startswith(tuple(columns)):
            return f"column {header}"
    for row in sheet.rows[1:]:
        for header, cell in zip(headers, row, strict=False):
            if reason := _reason_in_cell(header, cell.lower()):
                return reason
    return None


def _reason_in_cell(header: str, cell: str) -> str | None:
    if header in {"type", "command"}:
        return f"type {cell}" if cell.startswith(tuple(LISTED["type begins"])) else None
    if header == "parameters":
        keys = set(re.findall(r"([\w-]+)\s*=", cell))
        return next((f"parameter {key}" for key in LISTED["parameters"] if key in keys), None)
    if "label" in header or "hint" in header or "message" in header:
        return None
    bare = LITERAL.sub("''", cell)
    for function in CALLED.findall(bare):
        if function in LISTED["functions"]:
            return f"function {function}()"
    if "last-saved" in cell or NODE_PATH.search(REFERENCE.sub("q", LOOKUP.sub(r"\1", bare))):
        return "node path"
    return None


def difference(case: Case) -> str | None:
    """How the reader's verdict differs from pyxform's; None where they agree."""
    result = read_sheets(sheets_in(case), code="conformance")
    refusals = errors(result.problems)
    said = "; ".join(f"{problem.code} {problem.at}" for problem in refusals[:4])
    if not case.get("errored"):
        return f"refused: {said}" if refusals else None
    if not refusals:
        return f"accepted: {case.get('error__contains')}"
    places = [
        f"{sheet or 'survey'}!{row}"
        for wanted in case.get("error__contains", ())
        for row, sheet in ROW.findall(wanted)
    ]
    at = {re.sub(r"![A-Z]+", "!", problem.at) for problem in refusals}
    missing = [place for place in places if place not in at]
    return f"elsewhere: {missing} but {said}" if missing else None
