"""Runs: asked for, computed by a job, stored once."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

import rfc8785
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from analytics.indices.enums import Scores
from analytics.indices.keeping import keep_tables, read_tables
from analytics.indices.models import IndexRun, IndexRunUnit, IndexVersion
from analytics.indices.outcome import Outcome, UnitOutcome
from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.background import services as background
from surveys.background.models import Job
from surveys.background.services import JobOver
from surveys.campaigns.models import Round
from surveys.common.errors import DomainError
from surveys.organisations.models import User

MOST_DRAWS: Final = 100_000
LARGEST_SEED: Final = 2**53 - 1
"""The largest whole number that JSON and canonical JSON hold exactly."""


class VersionNotFrozen(DomainError):
    """Only what cannot change any more is run."""

    code = "index_version_not_frozen"
    message = _("This version is still a draft. Freeze it first: what a run says must stay.")


class RoundOfAnother(DomainError):
    """An index is computed over rounds of its owner."""

    code = "index_round_of_another"
    message = _("The round belongs to another owner than the index.")


class AnswersConfidential(DomainError):
    """Scores of single agencies would tell what they answered."""

    code = "index_answers_confidential"
    message = _(
        "The answers of this campaign are confidential. An index shows single agencies, so none is "
        "computed over them."
    )
    status = 403


class RunComputed(DomainError):
    """What was computed is never written again."""

    code = "index_run_computed"
    message = _("This run was computed already; it never changes.")


@dataclass(frozen=True, slots=True)
class Choices:
    """What is chosen for one run. ``draws`` 0 leaves the uncertainty out."""

    scores: Scores
    seed: int
    draws: int


@transaction.atomic
def request_run(
    version: IndexVersion,
    round_: Round,
    *,
    choices: Choices,
    actor: User | None,
    at: datetime,
) -> IndexRun:
    """Ask for a run; a background job computes it.

    Raises VersionNotFrozen, RoundOfAnother and AnswersConfidential.
    """
    assert 0 <= choices.seed <= LARGEST_SEED, choices.seed
    assert 0 <= choices.draws <= MOST_DRAWS, choices.draws
    if version.is_draft:
        raise VersionNotFrozen
    if round_.campaign.owner_id != version.index.owner_id:
        raise RoundOfAnother
    if round_.campaign.is_confidential:
        raise AnswersConfidential
    configuration: dict[str, Any] = {
        "index": version.index.code,
        "version": version.number,
        "definition_sha256": version.sha256,
        "round": round_.code,
        "scores": str(choices.scores),
        "seed": choices.seed,
        "draws": choices.draws,
    }
    run = IndexRun.objects.create(
        version=version,
        round=round_,
        scores=choices.scores,
        seed=choices.seed,
        draws=choices.draws,
        configuration=configuration,
        configuration_sha256=sha256(rfc8785.dumps(configuration)).hexdigest(),
        requested_at=at,
        requested_by=actor,
    )
    event = audit.record(Event.INDEX_RUN_REQUESTED, run, actor=actor, at=at, data=configuration)
    run.job = Job.objects.get(event=event)
    run.save(update_fields=["job"])
    return run


@transaction.atomic
def stop_run(run: IndexRun, *, actor: User, at: datetime) -> None:
    """Stop a run that waits or is being computed; nothing of it is kept. Raises JobOver, also where the
    results are there and only the job's end was not noted yet.
    """
    if run.job is None:
        raise JobOver
    background.cancel(run.job, event=Event.INDEX_RUN_STOPPED, about=run, actor=actor, at=at)
    # Read under the job's row, which the storing of results holds too.
    if IndexRun.objects.filter(pk=run.pk, computed_at__isnull=False).exists():
        raise JobOver


@transaction.atomic
def store_results(run: IndexRun, outcome: Outcome, *, at: datetime) -> IndexRun:
    """Keep what was computed, once. Raises RunComputed."""
    locked = IndexRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if locked.computed_at is not None:
        raise RunComputed
    IndexRunUnit.objects.bulk_create(
        [_unit(locked, place, unit) for place, unit in enumerate(outcome.units)], batch_size=500
    )
    fields: dict[str, Any] = {
        "computed_at": at,
        "data_sha256": outcome.data_sha256,
        "code_version": outcome.code_version,
        "warnings": list(outcome.warnings),
        "summary": dict(outcome.summary),
        "tables_sha256": keep_tables(locked, outcome.tables),
    }
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(fields))
    told = {
        "configuration_sha256": locked.configuration_sha256,
        "data_sha256": locked.data_sha256,
        "code_version": locked.code_version,
        "tables_sha256": locked.tables_sha256,
        "units": len(outcome.units),
        "warnings": len(outcome.warnings),
    }
    audit.record(Event.INDEX_RUN_COMPUTED, locked, actor=None, at=at, data=told)
    return locked


@transaction.atomic
def fetch_tables(run: IndexRun, *, actor: User | None, at: datetime) -> bytes:
    """The file of the intermediate tables, noted in the audit. Raises TablesLost."""
    content = read_tables(run)
    told = {"tables_sha256": run.tables_sha256}
    audit.record(Event.INDEX_TABLES_DOWNLOADED, run, actor=actor, at=at, data=told)
    return content


def _unit(run: IndexRun, place: int, unit: UnitOutcome) -> IndexRunUnit:
    return IndexRunUnit(
        run=run,
        position=place,
        **{name: getattr(unit, name) for name in UnitOutcome.__slots__},
    )
