"""How long a file takes: from earlier files of about its size, else from the table; from its own pace once
it has one."""

from datetime import timedelta

import pytest

from exporters.models import Export
from exporters.orders.estimates import (
    SLOWEST,
    Estimate,
    Past,
    cells_of,
    estimate,
    pace_of,
    recent,
    remaining,
)
from exporters.orders.wording import about, size_about
from exporters.registry import EXPORTERS
from surveys.background.models import Job
from surveys.background.runner import claim
from tests.answered import NOW


def past(cells, seconds, size=100, name="round"):
    return Past(name, "xlsx", cells, seconds, size)


def test_earlier_files_of_the_kind_say_how_long_it_takes_and_how_large_it_becomes():
    known = [past(1000, 2.0, 4000), past(2000, 4.0, 8000), past(500, 9.0, 2000)]

    expected = estimate("round", "xlsx", 1500, known)

    assert (expected.seconds, expected.size) == (3.0, 6000)


@pytest.mark.parametrize("other", [past(10, 5.0), past(100_000, 5.0), past(1500, 5.0, name="x")])
def test_files_of_another_size_or_kind_do_not(other):
    pace = pace_of("round", "xlsx")

    expected = estimate("round", "xlsx", 1500, [other])

    assert expected.seconds == pace.start + 1500 / pace.cells


@pytest.mark.parametrize(
    ("file_format", "seconds", "megabytes"),
    [
        ("xlsx", 6.5, 98),
        ("csv", 6.1, 27),
        ("parquet", 5.3, 16),
        ("jsonl", 6.2, 59),
        ("dta", 6.9, 30),
        ("sav", 18.7, 37),
    ],
)
@pytest.mark.parametrize("name", ["raw", "microdata"])
def test_tables_of_answers_take_what_was_measured(name, file_format, seconds, megabytes):
    expected = estimate(name, file_format, 100_000 * 120, [])

    assert expected.seconds == pytest.approx(seconds, abs=1)
    assert expected.size / 1e6 == pytest.approx(megabytes, abs=0.1)


def test_every_file_has_a_pace_of_its_own():
    every = {(each.name, kind) for each in EXPORTERS for kind in each.formats}

    assert [each for each in sorted(every) if pace_of(*each) is SLOWEST] == []


@pytest.mark.parametrize(
    ("name", "file_format"), [("codebook", "xml"), ("codebook", "xlsx"), ("report", "pdf")]
)
def test_what_tells_of_questions_does_not_grow_with_the_answers(name, file_format):
    known = [Past(name, file_format, 1_000, 2.0, 4_000)]

    assert estimate(name, file_format, 10, []) == estimate(name, file_format, 10**9, [])
    assert estimate(name, file_format, 10**9, known) == Estimate(2.0, 4_000)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "1 KB"),
        (24_600, "24 KB"),
        (1_500, "1,5 KB"),
        (1_070_000, "1 MB"),
        (98_000_000, "93 MB"),
        (123_456_789_000, "110 GB"),
    ],
)
def test_a_size_that_is_expected_has_two_figures(size, words):
    assert size_about(size) == words


@pytest.mark.django_db
def test_a_round_has_a_value_for_each_question_of_each_signed_response(round_):
    one = cells_of(round_)

    assert one > 0
    assert one % 2 == 0


@pytest.mark.django_db
def test_finished_files_are_what_is_known(ready):
    Export.objects.update(finished_at=ready.begun_at + timedelta(seconds=7))

    assert recent() == (Past("round", "xlsx", ready.cells, 7.0, ready.size),)


@pytest.mark.django_db
@pytest.mark.parametrize(("progress", "left"), [(25, 30.0), (50, 10.0), (0, 5.0)])
def test_what_is_left_follows_from_how_far_it_is(ask, progress, left):
    export = ask()
    claim(export.job_id, at=NOW)
    Job.objects.filter(pk=export.job_id).update(progress=progress, total=100)
    running = Export.objects.select_related("job").get(pk=export.pk)
    known = [past(running.cells, 15.0)]

    assert remaining(running, known, at=NOW + timedelta(seconds=10)) == left


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "vài giây"),
        (4.9, "vài giây"),
        (5, "khoảng 5 giây"),
        (16, "khoảng 20 giây"),
        (61, "khoảng 2 phút"),
        (3601, "khoảng 2 giờ"),
    ],
)
def test_durations_are_said_as_people_say_them(seconds, words):
    assert about(seconds) == words
