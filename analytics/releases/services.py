"""Proposing, approving and withdrawing publications. Nobody approves what they have proposed."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from analytics.indices.models import IndexRun
from analytics.releases.enums import Licence, ReleaseStatus
from analytics.releases.models import NOTES_LENGTH, REASON_LENGTH, TITLE_LENGTH, Release
from analytics.releases.queries import Finding, manifest_hash, manifest_of, readiness
from analytics.releases.workflow import ReleaseMovedOn, ReleaseStep, next_status
from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.deadlines import local_day
from surveys.campaigns.models import Round
from surveys.campaigns.services import lock_assignments_and_round, lock_round
from surveys.common.errors import DomainError
from surveys.organisations.models import User
from surveys.responses.services import publish_answers


class NotReady(DomainError):
    """Something stands in the way."""

    code = "release_not_ready"

    def __init__(self, findings: list[Finding]) -> None:
        words = " ".join(each.text for each in findings)
        super().__init__(words, findings=[each.code for each in findings])


class DetailsUnfit(DomainError):
    """A publication has a title, and terms that can be read."""

    code = "release_details_unfit"
    message = _("Give a title in Vietnamese; for terms of its own, write them down.")
    status = 422


class NothingPublished(DomainError):
    """A publication has content."""

    code = "release_empty"
    message = _("Choose what is published: the results, a run of an index, or both.")
    status = 422


class AlreadyProposed(DomainError):
    """One proposal at a time."""

    code = "release_already_proposed"
    message = _("A publication of this round waits for approval already.")


class CorrectionMissing(DomainError):
    """What is in force is not doubled but corrected."""

    code = "release_correction_missing"
    message = _(
        "Results of this round are published already. Propose a correction, which names that one."
    )


class OwnProposal(DomainError):
    """Four eyes see more than two."""

    code = "release_own_proposal"
    message = _("You have proposed this publication, so another administrator approves it.")
    status = 403


class DayNotReached(DomainError):
    """It is published on its day or later."""

    code = "release_day_not_reached"
    message = _("The day of the publication has not come yet.")


class ContentMoved(DomainError):
    """What is approved is what was proposed, and what the approver has seen."""

    code = "release_content_moved"
    message = _(
        "What would be published is not what was proposed any more. Withdraw the proposal and make it "
        "anew."
    )


class ReasonMissing(DomainError):
    """Whoever takes something back says why."""

    code = "release_reason_missing"
    message = _("Write why, in at most 500 characters.")
    status = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is proposed; see ``Release``."""

    title: dict[str, str]
    released_on: date
    run: IndexRun | None = None
    with_targets: bool = True
    licence: Licence = Licence.CC_BY
    licence_text: str = ""
    notes: dict[str, str] = field(default_factory=dict)
    corrects: Release | None = None


@transaction.atomic
def propose(round_: Round, details: Details, *, actor: User, at: datetime) -> Release:
    """Propose to publish the round's results; somebody else approves.

    Raises DetailsUnfit, NothingPublished, NotReady, AlreadyProposed, CorrectionMissing or
    ReleaseMovedOn where what it corrects is not in force any more.
    """
    locked = lock_round(round_)
    _refuse_details(details)
    _refuse_correction(locked, details.corrects)
    _refuse_unready(locked, details.run, with_targets=details.with_targets)
    manifest = manifest_of(locked, details.run, with_targets=details.with_targets)
    releases = Release.objects.filter(round=locked)
    release = Release(
        round=locked,
        number=1 + (releases.aggregate(last=Max("number"))["last"] or 0),
        run=details.run,
        with_targets=details.with_targets,
        licence=details.licence,
        licence_text=details.licence_text.strip() if details.licence is Licence.OWN else "",
        title=_texts(details.title),
        notes=_texts(details.notes),
        released_on=details.released_on,
        corrects=details.corrects,
        manifest=manifest,
        manifest_sha256=manifest_hash(manifest),
        proposed_at=at,
        proposed_by=actor,
    )
    try:
        with transaction.atomic():
            release.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyProposed from error
    _record(Event.RELEASE_PROPOSED, release, actor=actor, at=at)
    return release


@transaction.atomic
def approve(release: Release, *, seen: str, actor: User, at: datetime) -> Release:
    """Publish what was proposed: the signed answers of the round stand still from now on.

    ``seen`` is the hash of the manifest that the approver has read. What it corrects is marked and
    stays to be read. Raises ReleaseMovedOn, OwnProposal, DayNotReached, NotReady or ContentMoved.
    """
    round_ = lock_assignments_and_round(release.round)
    locked = _locked(release, round_)
    status = next_status(locked.status, ReleaseStep.APPROVE)
    if locked.proposed_by_id == actor.pk:
        raise OwnProposal
    if local_day(at) < locked.released_on:
        raise DayNotReached
    _refuse_unready(round_, locked.run, with_targets=locked.with_targets)
    manifest = manifest_of(round_, locked.run, with_targets=locked.with_targets)
    if not seen == locked.manifest_sha256 == manifest_hash(manifest):
        raise ContentMoved
    _supersede(round_, locked.corrects_id)
    agencies = publish_answers(round_, at=at)
    locked.status, locked.approved_at, locked.approved_by = status, at, actor
    locked.save(update_fields=["status", "approved_at", "approved_by"])
    _record(Event.RELEASE_APPROVED, locked, actor=actor, at=at, agencies=agencies)
    return locked


@transaction.atomic
def withdraw(release: Release, *, reason: str, actor: User, at: datetime) -> Release:
    """Take a proposal or a publication back. The answers of a published round stand still all the same.

    ``release`` is as whoever takes it back has seen it: with a proposal, nothing is taken back that was
    published meanwhile. Raises ReasonMissing or ReleaseMovedOn.
    """
    locked = _locked(release, lock_round(release.round))
    status = next_status(locked.status, ReleaseStep.WITHDRAW)
    if locked.was_published and not release.was_published:
        raise ReleaseMovedOn(ReleaseStatus(locked.status), ReleaseStep.WITHDRAW)
    said = reason.strip()
    if not said or len(said) > REASON_LENGTH or "\0" in said:
        raise ReasonMissing
    locked.status, locked.withdrawal_reason = status, said
    locked.withdrawn_at, locked.withdrawn_by = at, actor
    locked.save(update_fields=["status", "withdrawal_reason", "withdrawn_at", "withdrawn_by"])
    _record(Event.RELEASE_WITHDRAWN, locked, actor=actor, at=at, reason=said)
    return locked


def _locked(release: Release, round_: Round) -> Release:
    """The publication as it stands now; whoever changes one holds its round before."""
    found = Release.objects.select_related("run__version__index", "proposed_by")
    locked = found.get(pk=release.pk)
    locked.round = round_
    return locked


def _refuse_details(details: Details) -> None:
    titles, notes = details.title.values(), details.notes.values()
    is_unfit = (
        not details.title.get("vi", "").strip()
        or any(len(text) > TITLE_LENGTH for text in titles)
        or any(len(text) > NOTES_LENGTH for text in [*notes, details.licence_text])
        or any("\0" in text for text in [*titles, *notes, details.licence_text])
        or (details.licence is Licence.OWN and not details.licence_text.strip())
    )
    if is_unfit:
        raise DetailsUnfit
    if details.run is None and not details.with_targets:
        raise NothingPublished


def _refuse_correction(round_: Round, corrects: Release | None) -> None:
    in_force = Release.objects.filter(round=round_, status=ReleaseStatus.APPROVED).first()
    if corrects is None:
        if in_force is not None:
            raise CorrectionMissing
        return
    current = Release.objects.get(pk=corrects.pk, round=round_)
    next_status(current.status, ReleaseStep.CORRECT)


def _refuse_unready(round_: Round, run: IndexRun | None, *, with_targets: bool) -> None:
    findings = readiness(round_, run, with_targets=with_targets)
    if blocking := [each for each in findings if each.blocks]:
        raise NotReady(blocking)


def _supersede(round_: Round, corrected: int | None) -> None:
    """Mark what is corrected. Raises CorrectionMissing where something else is in force meanwhile."""
    in_force = Release.objects.filter(round=round_, status=ReleaseStatus.APPROVED).first()
    if in_force is None:
        return
    if in_force.pk != corrected:
        raise CorrectionMissing
    in_force.status = next_status(in_force.status, ReleaseStep.CORRECT)
    in_force.save(update_fields=["status"])


def _texts(given: dict[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in given.items() if text.strip()}


def _record(kind: Event, release: Release, *, actor: User, at: datetime, **more: Any) -> None:
    data = {
        "round": release.round_id,
        "number": release.number,
        "manifest": release.manifest_sha256,
        "corrects": release.corrects.number if release.corrects else None,
        **more,
    }
    audit.record(kind, release, actor=actor, at=at, data=data)
