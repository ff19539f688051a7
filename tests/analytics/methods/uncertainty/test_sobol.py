import numpy as np
import pytest

from analytics.definitions.reasons import Reason
from analytics.methods.uncertainty.sobol import Bootstrap, chosen, sobol_indices

FEW = Bootstrap(resamples=20)


def ishigami(u):
    """Ishigami & Homma 1990 with a = 7, b = 0.1 on (-pi, pi)."""
    x = (2 * u - 1) * np.pi
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def values(indices):
    return [each.value for each in indices]


def test_the_function_of_ishigami_has_its_analytic_indices():
    (found,) = sobol_indices(ishigami, ("a", "b", "c"), rows=16384, seed=1, bootstrap=FEW)

    assert values(found.first) == pytest.approx([0.3139, 0.4424, 0], abs=0.005)
    assert values(found.total) == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.005)
    assert found.runs == 16384 * 5


def test_an_additive_function_has_the_shares_of_its_variances():
    (found,) = sobol_indices(
        lambda u: 1e9 + 3 * u[:, 0] + 4 * u[:, 1], ("a", "b"), rows=1024, seed=2, bootstrap=FEW
    )

    assert values(found.first) == pytest.approx([0.36, 0.64], abs=0.01)
    assert values(found.total) == pytest.approx([0.36, 0.64], abs=0.01)


def test_intervals_hold_the_analytic_indices():
    (found,) = sobol_indices(ishigami, ("a", "b", "c"), rows=2048, seed=3)

    for index, known in zip(found.total, (0.5576, 0.4424, 0.2437), strict=True):
        assert index.low is not None
        assert index.high is not None
        assert index.low < known < index.high


def test_the_same_seed_gives_the_same_bits():
    once, again = (sobol_indices(ishigami, "abc", rows=64, seed=4, bootstrap=FEW) for _ in range(2))

    assert once == again


def test_any_number_of_rows_will_do():
    (found,) = sobol_indices(ishigami, "abc", rows=100, seed=5, bootstrap=FEW)

    assert found.runs == 500


def test_a_constant_output_has_a_reason():
    (found,) = sobol_indices(lambda u: np.full(len(u), 5.1), "ab", rows=16, seed=6)

    assert {each.reason for each in found.first + found.total} == {Reason.CONSTANT}


def test_rows_with_a_failed_run_are_left_out_and_counted():
    def model(u):
        return np.where(u[:, 0] < 0.25, np.nan, u[:, 1])

    (found,) = sobol_indices(model, ("a", "b"), rows=256, seed=7, bootstrap=FEW)

    assert 0 < found.failed_rows < 256
    assert values(found.first) == pytest.approx([0, 1], abs=0.05)


def test_a_model_that_always_fails_has_a_reason():
    (found,) = sobol_indices(lambda u: np.full(len(u), np.nan), "ab", rows=16, seed=8)

    assert (found.failed_rows, found.first[0].reason) == (16, Reason.NO_DATA)


def test_each_output_has_indices_of_its_own():
    first, second = sobol_indices(lambda u: u, ("a", "b"), rows=256, seed=9, bootstrap=FEW)

    assert values(first.total) == pytest.approx([1, 0], abs=0.02)
    assert values(second.total) == pytest.approx([0, 1], abs=0.02)


def test_one_factor_is_refused():
    with pytest.raises(ValueError, match="two factors"):
        sobol_indices(lambda u: u[:, 0], ("a",), rows=16, seed=1)


def test_a_discrete_factor_has_equal_bins():
    assert chosen(np.array([0.0, 0.33, 0.34, 0.67, 0.999]), 3).tolist() == [0, 0, 1, 2, 2]
