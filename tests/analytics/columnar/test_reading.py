"""What a dataset of the columnar copy says of the answers."""

import math

import pytest

from analytics.answers import SignedAnswers, signed_answers
from analytics.columnar.cells import State
from analytics.columnar.reading import ColumnarDataset, dataset_of
from analytics.dataset import Measure, Variable, values_of, variables_of
from surveys.engine import MissingCode
from surveys.questionnaires.queries import form_of
from tests.answered import answered_round

pytestmark = pytest.mark.django_db
CODES = {code.value for code in MissingCode}


@pytest.fixture
def round_():
    return answered_round()


def read(dataset: ColumnarDataset, variable: Variable, row: int) -> object:
    """A cell as ``analytics.dataset.values_of`` has it."""
    states, words = dataset.missing(variable.name)
    state = words[states[row]]
    if state in CODES:
        return state
    if state != State.ANSWERED:
        return 0.0 if variable.measure is Measure.ROWS else None
    if variable.measure in {Measure.NUMBER, Measure.ROWS}:
        return float(dataset.numbers(variable.name)[row])
    if variable.measure is Measure.CATEGORIES:
        chosen, categories = dataset.selected(variable.name)
        return {code for code, is_chosen in zip(categories, chosen[row], strict=True) if is_chosen}
    codes, categories = dataset.codes(variable.name)
    return categories[codes[row]]


def signed(variables: tuple[Variable, ...], item: SignedAnswers) -> dict[str, object]:
    found: dict[str, object] = {}
    values = values_of(variables, item.answers, item.remarks)
    for variable in variables:
        value = values[variable.name]
        is_number = variable.measure in {Measure.NUMBER, Measure.ROWS} and value not in CODES
        if is_number and value is not None:
            value = float(value)  # type: ignore[assignment]  # as the copy holds numbers
        if variable.measure is Measure.CATEGORIES and value and value not in CODES:
            value = set(str(value).split())  # type: ignore[assignment]  # in no order
        found[variable.name] = value
    return found


def test_every_value_is_the_one_that_was_signed(round_):
    dataset = dataset_of(round_)
    variables = variables_of(form_of(round_.version))
    by_agency = {item.agency_id: item for item in signed_answers(round_)}

    rows = enumerate(dataset.table["@agency"].to_pylist())
    found = {
        agency: {each.name: read(dataset, each, row) for each in variables} for row, agency in rows
    }

    assert found == {agency: signed(variables, item) for agency, item in by_agency.items()}


def test_a_question_that_was_not_shown_was_not_asked(round_):
    platforms = [f"a13_platforms.n{number}." for number in range(1, 10)]
    dataset = dataset_of(
        round_, columns=[each + end for each in platforms for end in ("a13_access", "a13_units")]
    )

    hidden = set()
    for platform in platforms:
        codes, categories = dataset.codes(platform + "a13_access")
        states, words = dataset.missing(platform + "a13_units")
        hidden |= {
            words[state]
            for state, code in zip(states, codes, strict=True)
            if categories[code] == "khong"
        }

    assert hidden == {State.NOT_ASKED}


def test_a_number_that_is_none_is_no_number(round_):
    dataset = dataset_of(round_)
    coded = next(
        (each.name, row)
        for each in dataset.variables
        if each.measure is Measure.NUMBER
        for row, state in enumerate(dataset.missing(each.name)[0])
        if dataset.missing(each.name)[1][state] in CODES
    )

    assert math.isnan(dataset.numbers(coded[0])[coded[1]])


def test_only_the_columns_asked_for_are_read(round_):
    dataset = dataset_of(round_, columns=["a16_count", "@type"])

    assert dataset.table.column_names == [
        "@response",
        "@agency",
        "a16_count",
        "a16_count!",
        "@type",
    ]


def test_a_name_that_is_no_variable_is_refused(round_):
    with pytest.raises(KeyError):
        dataset_of(round_, columns=["nothing"])
