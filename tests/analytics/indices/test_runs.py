"""Runs: computed by a job from what was signed, stored once, repeated to the last bit."""

from datetime import timedelta
from itertools import count

import pytest
from django.db.models import F

from analytics.indices import services
from analytics.indices.keeping import TablesLost, place_of, read_tables, table_of
from analytics.indices.models import IndexRun
from analytics.indices.outcome import Outcome
from analytics.indices.tabulating import TABLES
from analytics.indices.tasks import compute_run
from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.background.context import JobCancelled, JobContext
from surveys.background.models import Job
from surveys.background.runner import claim, run_pending
from surveys.background.services import JobOver
from surveys.campaigns.enums import Anonymity
from surveys.models import Campaign, Round
from tests.analytics.indices.factories import NOW, asked, computed, document, draft, frozen
from tests.answered import answered_round
from tests.factories import AgencyFactory, department_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    return answered_round()


class StoppedJob(JobContext):
    """A job that somebody stops as soon as it has said that it does something."""

    when = ""

    def progress(self, done: int, total: int, message: str = "") -> None:
        super().progress(done, total, message)
        if message == self.when:
            stop(IndexRun.objects.select_related("job").get(job=self.id))


def stop(run: IndexRun) -> None:
    """Stop a run."""
    services.stop_run(run, actor=department_person("designer"), at=NOW)


def stopped_at(run: IndexRun, doing: str) -> IndexRun:
    """The run after its job was stopped when it had just said what it is doing."""
    job = claim(job_of(run).pk, at=NOW)
    assert job is not None
    # A job reports again after half a second: on this clock every time.
    seconds = count()
    context = StoppedJob(job, clock=lambda: NOW + timedelta(seconds=next(seconds)))
    context.when = doing
    with pytest.raises(JobCancelled):
        compute_run(context)
    return IndexRun.objects.select_related("job").get(pk=run.pk)


def job_of(run: IndexRun) -> Job:
    """The job of a run."""
    return Job.objects.get(index_run=run)


def test_a_run_is_computed_by_a_job(round_):
    run = computed(round_)

    assert (run.status, job_of(run).status, run.units.count()) == ("done", "done", 6)


def test_who_has_not_signed_has_no_score_and_a_reason(round_):
    run = computed(round_)

    silent = [unit for unit in run.units.all() if not unit.data["signed"]]
    assert [unit.score for unit in silent] == [None, None]
    assert {unit.data["nodes"]["index"]["reason"] for unit in silent} == {"NO_DATA"}


def test_contributions_add_up_to_the_score(round_):
    run = computed(round_)

    for unit in run.units.filter(score__isnull=False):
        parts = [leaf["contribution"] for leaf in unit.data["leaves"].values()]
        assert sum(parts) == pytest.approx(unit.score, abs=1e-9)


def test_the_same_configuration_and_data_give_the_same_bits(round_):
    version = frozen()
    first, second = computed(round_, version), computed(round_, version)

    assert first.configuration_sha256 == second.configuration_sha256
    assert (first.data_sha256, first.code_version) == (second.data_sha256, second.code_version)
    assert read_tables(first) == read_tables(second)
    assert list(first.units.values_list("key", "score", "rank", "data")) == list(
        second.units.values_list("key", "score", "rank", "data")
    )


def test_another_seed_is_another_configuration(round_):
    version = frozen()

    first, second = computed(round_, version, seed=1), computed(round_, version, seed=2)

    assert first.configuration_sha256 != second.configuration_sha256


def test_what_was_computed_is_never_written_again(round_):
    run = computed(round_)
    nothing = Outcome(
        data_sha256="", code_version="", units=[], warnings=[], summary={}, tables=b""
    )

    with pytest.raises(services.RunComputed):
        services.store_results(run, nothing, at=NOW)


@pytest.mark.parametrize("name", TABLES)
def test_every_intermediate_table_can_be_read_again(round_, name):
    run = computed(round_)

    assert len(table_of(run, name)) >= 1


def test_tables_that_were_written_over_are_refused(round_):
    run = computed(round_)
    place_of(run).write_bytes(b"something else")

    with pytest.raises(TablesLost):
        read_tables(run)


def test_a_draft_is_not_run(round_):
    with pytest.raises(services.VersionNotFrozen):
        asked(round_, draft())


def test_confidential_answers_are_not_computed(round_):
    Campaign.objects.update(anonymity=Anonymity.CONFIDENTIAL)

    with pytest.raises(services.AnswersConfidential):
        asked(Round.objects.select_related("campaign").get())


def test_a_round_of_another_owner_is_not_computed(round_):
    version = frozen(owner=AgencyFactory.create())

    with pytest.raises(services.RoundOfAnother):
        asked(round_, version)


def test_an_index_that_cannot_be_computed_says_why_in_words(round_):
    indicators = document()["indicators"]
    indicators[0]["denominator"] = {"column": "population"}
    run = computed(round_, frozen(indicators=indicators))

    assert (run.status, "population" in job_of(run).error) == ("failed", True)


def test_nobody_assessed_is_refused_in_words(round_):
    run = computed(round_, frozen(unit_types=["enterprise"]))

    assert job_of(run).error == "Đợt khảo sát không hỏi đơn vị nào thuộc diện chỉ số này đánh giá."


def test_a_run_begun_again_after_it_was_stored_changes_nothing(round_):
    run = computed(round_)
    Job.objects.filter(index_run=run).update(status="waiting", attempts=0, leased_until=None)

    run_pending()

    assert IndexRun.objects.get(pk=run.pk).computed_at == run.computed_at


def test_a_waiting_run_is_stopped(round_):
    run = asked(round_)

    stop(run)
    run_pending()

    stopped = IndexRun.objects.select_related("job").get(pk=run.pk)
    assert (stopped.status, stopped.is_pending, stopped.computed_at) == ("stopped", False, None)
    assert AuditEvent.objects.filter(kind=Event.INDEX_RUN_STOPPED, subject_id=run.pk).count() == 1


def test_a_run_that_is_being_computed_notices_that_it_was_stopped(round_):
    run = stopped_at(asked(round_), "Ghi kết quả")

    assert (run.status, run.units.count(), run.tables_sha256) == ("stopped", 0, "")
    assert not AuditEvent.objects.filter(kind=Event.INDEX_RUN_COMPUTED).exists()


def test_a_simulation_that_is_stopped_ends_between_its_portions(round_):
    run = stopped_at(asked(round_, draws=1500), "Mô phỏng")

    assert (run.status, run.units.count(), job_of(run).message) == ("stopped", 0, "Mô phỏng")


def test_a_run_that_has_results_is_not_stopped(round_):
    run = computed(round_)

    with pytest.raises(JobOver):
        stop(run)


def test_a_run_is_not_stopped_between_its_results_and_the_end_of_its_job(round_):
    run = computed(round_)
    Job.objects.filter(index_run=run).update(status="running")

    with pytest.raises(JobOver):
        stop(IndexRun.objects.select_related("job").get(pk=run.pk))

    assert job_of(run).status == "running"
    assert not AuditEvent.objects.filter(kind=Event.INDEX_RUN_STOPPED).exists()


def test_simulated_runs_give_intervals_of_ranks_and_are_repeated_by_the_seed(round_):
    version = frozen()
    first = computed(round_, version, draws=50)
    second = computed(round_, version, draws=50)

    ordered = first.units.filter(rank_low__lte=F("rank_median"), rank_median__lte=F("rank_high"))
    assert ordered.count() == 4
    assert read_tables(first) == read_tables(second)
    assert first.summary["uncertainty"]["runs"] == 50


def test_where_nobody_has_a_score_nobody_has_an_interval():
    run = computed(answered_round(responses=0), draws=50)

    assert (run.status, run.summary["scored"]) == ("done", 0)
    assert set(run.units.values_list("rank", "rank_low", "rank_high")) == {(None, None, None)}


def test_a_simulated_run_says_what_the_spread_of_its_ranking_comes_from(round_):
    run = computed(round_, draws=20)

    explained = run.summary["uncertainty"]["sobol"]
    assert {each["factor"] for each in explained} == {
        "weight:organisation",
        "weight:safety",
        "weights_below",
    }
