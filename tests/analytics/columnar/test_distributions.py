"""Counts from the kernel against the same counts made row by row."""

from collections import Counter

import numpy as np
import pytest

from analytics.columnar.cells import STATES, State
from analytics.columnar.distributions import cross_counts, distributions
from tests.analytics.columnar.made import made_dataset, made_documents, made_form

FORM = made_form(choices=10, several=2, numbers=10, texts=1)
DOCUMENTS = list(made_documents(FORM, 700, seed=1))


@pytest.fixture(scope="module")
def dataset():
    """Later parts win: the last one holds the first 300 responses of the second anew."""
    return made_dataset(FORM, [DOCUMENTS[:200], DOCUMENTS, DOCUMENTS[:300]])


def column(documents, name):
    return [
        document["remarks"].get(name, {}).get("missing") or document["answers"].get(name)
        for document in documents
    ]


def provinces(documents):
    return [f"tinh-{number % 34 + 1:02}" for number in range(1, len(documents) + 1)]


def test_the_newest_row_of_each_response_is_counted(dataset):
    assert len(dataset) == 700


def test_choices_are_counted_by_group(dataset):
    found = distributions(dataset, by="@province")["c1"]

    expected = Counter(zip(provinces(DOCUMENTS), column(DOCUMENTS, "c1"), strict=True))
    counted = {
        (group, category): found.counts[row, place]
        for row, group in enumerate(found.groups)
        for place, category in enumerate(found.categories)
        if found.counts[row, place]
    }
    assert counted == {key: n for key, n in expected.items() if key[1] in found.categories}


def test_choices_come_in_the_order_of_the_questionnaire(dataset):
    assert distributions(dataset)["c1"].categories == ("a0", "a1", "a2", "a3", "a4", "a5")


@pytest.mark.parametrize("name", ["c9", "m0", "n9", "t0"])
def test_blanks_codes_and_what_was_not_asked_are_told_apart(dataset, name):
    states = distributions(dataset)[name].states[0]

    hidden = [document["answers"].get("c0") == "a0" for document in DOCUMENTS]
    expected = Counter(
        State.NOT_ASKED
        if name.endswith("9") and is_hidden
        else State(value)
        if value in ("KAD", "CCSL", "HC")
        else (State.BLANK if value is None else State.ANSWERED)
        for is_hidden, value in zip(hidden, column(DOCUMENTS, name), strict=True)
    )
    assert dict(zip(STATES, states.tolist(), strict=True)) == {
        state: expected[state] for state in STATES
    }


def test_of_several_choices_a_response_counts_for_each(dataset):
    found = distributions(dataset)["m1"]

    expected = Counter(
        code for value in column(DOCUMENTS, "m1") if isinstance(value, list) for code in value
    )
    assert dict(zip(found.categories, found.counts[0].tolist(), strict=True)) == {
        f"a{number}": expected[f"a{number}"] for number in range(6)
    }


def test_moments_of_a_figure_are_those_of_its_values(dataset):
    found = distributions(dataset, by="@province")["n1"]
    row = found.groups.index("tinh-05")

    values = np.array(
        [
            float(value)
            for value, province in zip(column(DOCUMENTS, "n1"), provinces(DOCUMENTS), strict=True)
            if province == "tinh-05" and value and value.isdigit()
        ]
    )
    moments = found.moments
    assert moments is not None
    assert (moments.least[row], moments.most[row]) == (values.min(), values.max())
    assert moments.mean[row] == pytest.approx(values.mean(), rel=1e-12)
    assert moments.variance[row] == pytest.approx(values.var(ddof=1), rel=1e-12)


def test_weighted_counts_are_sums_of_weights(dataset):
    found = distributions(dataset, weight="n0")["c1"]

    expected = sum(
        float(weight)
        for weight, value in zip(column(DOCUMENTS, "n0"), column(DOCUMENTS, "c1"), strict=True)
        if value == "a2" and weight and weight.isdigit()
    )
    assert found.weighted_counts is not None
    assert found.weighted_counts[0, 2] == pytest.approx(expected, rel=1e-12)


def test_three_variables_are_crossed_where_all_are_answered(dataset):
    found = cross_counts(dataset, ["c1", "c2", "@province"])

    expected = Counter(
        zip(column(DOCUMENTS, "c1"), column(DOCUMENTS, "c2"), provinces(DOCUMENTS), strict=True)
    )
    counted = {
        (a, b, c): found.counts[i, j, k]
        for i, a in enumerate(found.categories[0])
        for j, b in enumerate(found.categories[1])
        for k, c in enumerate(found.categories[2])
        if found.counts[i, j, k]
    }
    assert counted == {
        key: n for key, n in expected.items() if all(str(part)[0] in "at" for part in key)
    }


def test_of_no_responses_every_count_is_nought():
    found = distributions(made_dataset(FORM, [[]]), by="@province")

    assert found["c1"].counts.tolist() == [[0] * 6]
    moments = found["n1"].moments
    assert moments is not None
    assert np.isnan(moments.mean).all()


@pytest.mark.parametrize("name", ["n1", "m1"])
def test_a_question_without_one_category_a_row_makes_no_groups(dataset, name):
    with pytest.raises(ValueError, match="no single category"):
        distributions(dataset, by=name)
