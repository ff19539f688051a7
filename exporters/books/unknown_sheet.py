"""Which figures an agency does not have: the code, its reason and the day they are expected."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from analytics.dataset import Variable, variables_of_rows
from exporters.book import Cell, Look, Sheet
from exporters.books.contents import FormContents, RoundContents, repeats_of
from exporters.books.data_sheet import label_of, unit_names
from exporters.books.words import WORDS

HEADS = (
    "agency_key",
    "agency",
    "variable",
    "row_of",
    "label",
    "missing_code",
    "reason",
    "expected",
)


def unknown_sheets(contents: RoundContents, language: str) -> Iterator[Sheet]:
    """One sheet with a row for each missing code; none where every figure is there.

    Personal data and what was said about them stay out, as in the data.
    """
    words = WORDS[language]
    rows = [
        (*unit_names(unit, language), *cells)
        for form in contents.forms
        for unit in form.dataset.units
        if (item := contents.submitted.get(unit["agency_id"])) is not None
        for cells in _cells(form, item.answers, item.remarks, language)
    ]
    if rows:
        yield Sheet(
            name=words["unknown"],
            rows=(tuple(Cell(words[name], Look.HEAD) for name in HEADS), *rows),
            widths=(18, 34, 34, 8, 64, 10, 50, 14),
            frozen=(1, 2),
            filtered=True,
            landscape=True,
        )


def _cells(
    form: FormContents, answers: Mapping[str, Any], remarks: Mapping[str, Any], language: str
) -> Iterator[tuple[Cell, ...]]:
    for variable in form.dataset.variables:
        if (remark := remarks.get(variable.path, {})).get("missing"):
            yield _row(variable, None, remark, language)
    for repeat in repeats_of(form.form):
        columns = variables_of_rows(repeat, form.form)
        for number, row in enumerate(answers.get(repeat.name, ()), start=1):
            for variable in columns:
                remark = remarks.get(f"{repeat.name}/{row['_id']}/{variable.path}", {})
                if remark.get("missing"):
                    yield _row(variable, number, remark, language)


def _row(
    variable: Variable, number: int | None, remark: Mapping[str, str], language: str
) -> tuple[Cell, ...]:
    expected = remark.get("expected")
    return (
        Cell(variable.name, Look.LABEL),
        Cell(number, Look.INTEGER),
        Cell(label_of(variable, language)),
        Cell(remark["missing"]),
        Cell(remark.get("reason")),
        Cell(date.fromisoformat(expected), Look.DATE) if expected else Cell(None),
    )
