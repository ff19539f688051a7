"""LibreOffice computes of every definition what a new run does, also after weights were changed."""

import io

import openpyxl
import pytest

from analytics.definitions import read
from analytics.methods.index import compute
from exporters.books.assessment.assembly import assessment_book
from exporters.books.assessment.places import placed
from exporters.formats.xlsx import write_xlsx
from tests.exporters.books.assessment.cases import CASES
from tests.exporters.books.assessment.contents_made import contents_over
from tests.exporters.books.assessment.reading import (
    changed,
    differences,
    reweighted,
    wrong_cells,
)
from tests.exporters.recalculation import all_converted, by_value, spoilt


def weights_of(contents):
    """Another weight for one child of every node that has weights."""
    found = {}
    for node in {row.node: None for row in contents.weights}:
        first = next(row for row in contents.weights if row.node == node)
        if first.share is not None:
            found[first.node, first.child] = (contents.used_weight(first) or 0.0) + 1.7
    return found


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory):
    """Every case as LibreOffice computes it, after a weight of every node was changed."""
    files = {}
    for name, (made, frame) in CASES.items():
        contents, _ = contents_over(read(made), frame)
        content = write_xlsx(assessment_book(contents, "vi"))
        workbook = openpyxl.load_workbook(io.BytesIO(spoilt(content)))
        changed(workbook, placed(contents, "vi"), weights_of(contents))
        target = io.BytesIO()
        workbook.save(target)
        files[name] = target.getvalue()
    return all_converted(files, tmp_path_factory.mktemp("recalculated"))


def opened(content):
    return by_value(content)


@pytest.mark.parametrize("name", CASES)
def test_the_file_shows_what_the_run_has_stored(name):
    made, frame = CASES[name]
    contents, tables = contents_over(read(made), frame)

    workbook = opened(write_xlsx(assessment_book(contents, "vi")))

    assert differences(workbook, placed(contents, "vi"), tables) == []


@pytest.mark.parametrize("name", CASES)
def test_other_weights_give_what_a_new_run_gives(recalculated, name):
    made, frame = CASES[name]
    contents, _ = contents_over(read(made), frame)
    again = compute(reweighted(contents, weights_of(contents)), frame)

    workbook = opened(recalculated[name])

    assert differences(workbook, placed(contents, "vi"), again) == []


@pytest.mark.parametrize("name", ["min_max", "formulas", "scored"])
def test_what_no_weight_touches_is_computed_as_it_was_stored(recalculated, name):
    name = next(each for each in CASES if each.startswith(name))
    made, frame = CASES[name]
    contents, _ = contents_over(read(made), frame)
    places = placed(contents, "vi")
    untouched = [
        places.sheets[key] for key in ("data", "filled", "treated", "scales", "normalised")
    ]

    found = wrong_cells(
        opened(write_xlsx(assessment_book(contents, "vi"))), opened(recalculated[name])
    )

    assert [each for each in found if each[0] in untouched] == []
