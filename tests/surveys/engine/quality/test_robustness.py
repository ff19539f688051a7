"""The review takes whatever the compiler takes."""

import operator
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.engine import Definition, Kind, Question, compile_definition
from surveys.engine.quality import review
from surveys.engine.quality.possibility import Possibility
from surveys.engine.quality.sets import Numbers, numbers
from tests.surveys.definitions.strategies import definitions
from tests.surveys.engine.factories import form, integer, state

SIGNS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
ATOMS = st.builds("{} {} {}".format, st.sampled_from(["${a}", "${b}"]), SIGNS, st.integers(-3, 3))
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not({})".format, inner),
    ),
    max_leaves=6,
)
HOLDS = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
FIGURES = st.none() | st.integers(-4, 4).map(str)
PAIR = form(integer("a"), integer("b"))


@given(definitions)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_definition_makes_the_review_fail(definition: Definition):
    review(compile_definition(definition))


@given(CONDITIONS, FIGURES, FIGURES)
@settings(max_examples=300, deadline=None)
def test_a_condition_that_holds_is_never_called_impossible(condition, a, b):
    answers = {name: value for name, value in (("a", a), ("b", b)) if value is not None}

    holds = state(PAIR, answers).evaluate(condition)

    assert not holds or Possibility(PAIR).of_text(condition)


@given(st.lists(st.tuples(SIGNS, st.decimals(-3, 3, places=1)), max_size=4), st.integers(-4, 4))
def test_a_whole_number_that_meets_every_bound_is_in_the_set(bounds, number):
    left = Numbers(whole=True)
    for sign, bound in bounds:
        left &= numbers(sign, bound)

    point = numbers("=", Decimal(number))

    meets = all(HOLDS[sign](number, bound) for sign, bound in bounds)
    assert not meets or not (left & point).is_empty


def test_a_question_of_every_kind_is_reviewed():
    children = tuple(
        Question(name=f"q_{kind.value.lower()}", kind=kind, label={"vi": "Câu"}) for kind in Kind
    )

    burden = review(compile_definition(Definition(code="t", title={}, children=children))).burdens[
        0
    ]

    assert burden.words == len(Kind) - 1
