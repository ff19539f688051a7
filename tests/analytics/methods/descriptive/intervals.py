"""What a test reads of an estimate that has an interval."""

from analytics.methods.descriptive import Estimate, Interval


def interval_of(estimate: Estimate | None) -> Interval:
    """The interval of an estimate that must have one."""
    assert estimate is not None
    assert estimate.interval is not None
    return estimate.interval


def value_of(estimate: Estimate | None) -> float:
    """The number of an estimate that must have one."""
    assert estimate is not None
    assert estimate.value is not None
    return estimate.value
