"""Response rates against figures computed by hand from AAPOR's formulas."""

import pytest

from surveys.campaigns.response_rates import Dispositions, response_rates

FOUND = Dispositions(
    complete=38, partial=8, refusal=2, non_contact=3, other=5, unknown=4, not_eligible=7
)


@pytest.mark.parametrize(
    ("name", "numerator", "denominator", "numbers"),
    [
        ("RR1", 38, 60, "38 / ((38 + 8) + (2 + 3 + 5) + (4 + 0))"),
        ("RR2", 46, 60, "(38 + 8) / ((38 + 8) + (2 + 3 + 5) + (4 + 0))"),
        ("COOP1", 38, 53, "38 / ((38 + 8) + 2 + 5)"),
        ("REF1", 2, 60, "2 / ((38 + 8) + (2 + 3 + 5) + (4 + 0))"),
        ("CON1", 53, 60, "((38 + 8) + 2 + 5) / ((38 + 8) + (2 + 3 + 5) + (4 + 0))"),
    ],
)
def test_a_rate_shows_the_numbers_that_it_is_made_of(name, numerator, denominator, numbers):
    rate = {each.name: each for each in response_rates(FOUND)}[name]

    assert (rate.numerator, rate.denominator) == (numerator, denominator)
    assert rate.numbers == numbers
    assert rate.value == pytest.approx(numerator / denominator)


def test_who_is_not_eligible_is_in_no_denominator():
    without = response_rates(Dispositions(complete=1, other=1))

    assert response_rates(Dispositions(complete=1, other=1, not_eligible=9)) == without


def test_of_nobody_there_is_no_rate():
    assert {each.value for each in response_rates(Dispositions())} == {None}
