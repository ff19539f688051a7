"""Whatever a round goes through, its copy says what a copy built anew says."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.columnar import files, services
from analytics.columnar.checking import check
from analytics.columnar.models import ColumnarCopy
from analytics.columnar.queries import data_version
from analytics.columnar.reading import dataset_of
from tests.analytics.columnar.living import LivingRound
from tests.surveys.campaigns.factories import NOW

pytestmark = pytest.mark.django_db
AGENCIES = 4
WHO = st.integers(0, AGENCIES - 1)
STEPS = st.one_of(
    st.tuples(st.just("sign"), WHO, st.integers(0, 11)),
    st.tuples(st.sampled_from(["send_back", "verify", "exclude", "ask_again"]), WHO),
    st.tuples(st.sampled_from(["compact", "rebuild", "synchronise", "work"])),
)


def lived(steps):
    """A round after the steps; the jobs of its changes run at "work", and the rest at the end."""
    living = LivingRound(AGENCIES)
    waiting: list[int] = []
    for name, *given_ in steps:
        match name:
            case "compact":
                services.compact(living.round, at=NOW, most=1)
            case "rebuild":
                services.rebuild(living.round, at=NOW)
            case "synchronise":
                services.synchronise(living.round, at=NOW)
            case "work":
                worked(living, waiting)
            case _:
                getattr(living, name)(*given_)
                waiting.append(living.responses[given_[0]].pk)
    worked(living, waiting)
    return living.round


def worked(living, waiting):
    """The last change's job first: jobs come in any order."""
    while waiting:
        services.append(living.round, [waiting.pop()], at=NOW)


def content(round_):
    dataset = dataset_of(round_)
    return dataset.table.to_pylist()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEPS, max_size=25))
def test_any_history_gives_the_dataset_of_a_fresh_build(steps):
    with transaction.atomic():
        round_ = lived(steps)
        found, version = check(round_), data_version(round_)
        stood = content(round_)
        services.rebuild(round_, at=NOW)

        # Without a change and a job there is no copy yet, and nothing to hold in one.
        assert found.is_sound or (not version and found.live_rows == 0)
        assert stood == content(round_)
        assert version in {"", data_version(round_)}
        transaction.set_rollback(True)


@pytest.fixture
def living():
    found = LivingRound(3)
    for number in range(2):
        found.sign(number, number + 1)
    services.synchronise(found.round, at=NOW)
    return found


def test_who_writes_between_reading_and_entering_is_not_lost(living, monkeypatch):
    write = files.write
    others: list[object] = []

    def write_after_another(*given_):
        written = write(*given_)
        if not others:
            others.append(living.sign(1, 8))
            services.append(living.round, [living.responses[1].pk], at=NOW)
        return written

    monkeypatch.setattr(files, "write", write_after_another)
    living.sign(0, 4)
    services.append(living.round, [living.responses[0].pk], at=NOW)

    # The other had taken both in, so that the second attempt found nothing left to do.
    assert (check(living.round).is_sound, ColumnarCopy.objects.get().number) == (True, 2)


def test_what_is_appended_while_a_copy_is_built_anew_stands_behind_it(living, monkeypatch):
    write = files.write
    others: list[object] = []

    def write_before_another(*given_):
        written = write(*given_)
        if not others:
            others.append(living.send_back(1))
            services.append(living.round, [living.responses[1].pk], at=NOW)
        return written

    monkeypatch.setattr(files, "write", write_before_another)
    services.rebuild(living.round, at=NOW)

    assert check(living.round).is_sound
    assert content(living.round)[0]["@response"] == living.responses[0].pk


def test_a_compaction_that_comes_too_late_enters_nothing(living, monkeypatch):
    living.sign(0, 4)
    services.append(living.round, [living.responses[0].pk], at=NOW)
    write = files.write
    others: list[object] = []

    def write_before_another(*given_):
        written = write(*given_)
        if not others:
            others.append(True)
            services.rebuild(living.round, at=NOW)
        return written

    monkeypatch.setattr(files, "write", write_before_another)

    assert services.compact(living.round, at=NOW, most=1) == 0
    assert check(living.round).is_sound


def test_a_tombstone_outlives_a_compaction_that_leaves_its_row_below():
    living = LivingRound(5)
    for number in range(5):
        living.sign(number, number)
    services.synchronise(living.round, at=NOW)
    for number in range(2):
        living.send_back(number)
        services.append(living.round, [living.responses[number].pk], at=NOW)

    assert services.compact(living.round, at=NOW, most=1) == 2
    assert (check(living.round).is_sound, len(dataset_of(living.round))) == (True, 3)
