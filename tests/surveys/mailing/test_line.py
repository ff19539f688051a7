"""The pace of a worker, by a clock that only its own pauses move on."""

from collections.abc import Callable

import pytest

from surveys.mailing.line import Pace


class Day:
    """A clock, and the pauses that were asked for."""

    def __init__(self) -> None:
        self.now = 100.0
        self.pauses: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Pass the time."""
        self.pauses.append(seconds)
        self.now += seconds


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def pace(day: Day) -> Callable[[float], Pace]:
    """Makes the pace of so many mails a second, by the day's clock."""
    return lambda per_second: Pace(per_second, clock=lambda: day.now, sleep=day.sleep)


def test_a_worker_pauses_before_every_mail_but_the_first(
    day: Day, pace: Callable[[float], Pace]
) -> None:
    kept = pace(4.0)

    for _mail in range(5):
        kept.wait()

    assert day.pauses == [0.25] * 4


def test_what_a_mail_took_counts_towards_the_pause(day: Day, pace: Callable[[float], Pace]) -> None:
    kept = pace(4.0)

    for took in (0.125, 0.0625, 0.25):
        kept.wait()
        day.now += took
    kept.wait()

    assert day.pauses == [0.125, 0.1875]


def test_a_slow_hour_is_not_made_up_for(day: Day, pace: Callable[[float], Pace]) -> None:
    kept = pace(4.0)
    kept.wait()
    day.now += 3600

    for _mail in range(3):
        kept.wait()

    assert day.pauses == [0.25]


def test_without_a_pace_nothing_pauses(day: Day, pace: Callable[[float], Pace]) -> None:
    kept = pace(0.0)

    for _mail in range(5):
        kept.wait()

    assert day.pauses == []
