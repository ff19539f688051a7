"""What stands in the way of a publication, what it would contain, and what was published."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import rfc8785
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.answers import base_now, counted_revisions
from analytics.gate.enums import Identity
from analytics.gate.queries import policy_of, release_log
from analytics.indices.models import IndexRun, IndexRunUnit
from analytics.releases.enums import Gravity, ReleaseStatus
from analytics.releases.models import Release
from analytics.results.queries import result_of
from surveys.campaigns.enums import AssignmentStatus, RoundStatus
from surveys.campaigns.models import Assignment, Round
from surveys.organisations.rules import Person, agencies_of
from surveys.verification.enums import PlanStatus
from surveys.verification.models import VerificationPlan

FORMAT: Final = "khao-sat-so/release/1"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a round that whoever publishes it knows; ``code`` stays the same."""

    code: str
    gravity: Gravity
    text: str

    @property
    def blocks(self) -> bool:
        """Whether nothing is published while it is so."""
        return self.gravity is Gravity.BLOCKS


def runs_to_choose(round_: Round) -> QuerySet[IndexRun]:
    """The computed runs over the round, the newest first; none of confidential answers."""
    runs = IndexRun.objects.filter(round=round_).computed().select_related("version__index")
    found = runs.defer("version__definition", "configuration", "summary")
    return found.none() if round_.campaign.is_confidential else found


def releases_of(round_: Round) -> QuerySet[Release]:
    """The publications of a round, the newest first."""
    return (
        Release.objects.filter(round=round_)
        .select_related(
            "run__version__index", "corrects", "proposed_by", "approved_by", "withdrawn_by"
        )
        .defer("run__version__definition", "run__configuration", "run__summary", "run__warnings")
        .order_by("-number")
    )


def release_in_force(round_: Round) -> Release | None:
    """What is published of the round now."""
    return releases_of(round_).filter(status=ReleaseStatus.APPROVED).first()


def publishes_scores(release: Release) -> bool:
    """Whether the publication tells what single units got in an index."""
    return release.run_id is not None and policy_of(release.round).identity == Identity.PUBLISHED


def readiness(round_: Round, run: IndexRun | None, *, with_targets: bool = True) -> list[Finding]:
    """All that whoever proposes or approves needs to know, what blocks first."""
    found = [
        *_of_round(round_),
        *_of_verification(round_),
        *(_of_targets(round_) if with_targets else ()),
        *_of_run(round_, run),
        *_of_protection(round_),
    ]
    order = list(Gravity)
    return sorted(found, key=lambda each: order.index(each.gravity))


def manifest_of(round_: Round, run: IndexRun | None, *, with_targets: bool) -> dict[str, Any]:
    """Everything that a publication contains, each by its hash; the same content, the same manifest."""
    hashes = sorted(counted_revisions(round_).values_list("sha256", flat=True))
    policy, result = policy_of(round_), result_of(round_) if with_targets else None
    content: dict[str, Any] = {
        "format": FORMAT,
        "round": round_.code,
        "answers": {"responses": len(hashes), "sha256": _sha256(hashes)},
        "protection": {
            "identity": policy.identity,
            "minimum": policy.minimum,
            "minimum_people": policy.minimum_people,
        },
    }
    if result is not None:
        content["targets"] = {
            "sha256": _sha256(
                result.protected.get("indicators", [])
                if round_.campaign.is_confidential
                else result.indicators
            ),
        }
    if run is not None:
        content["index"] = {
            "code": run.version.index.code,
            "version": run.version.number,
            "definition_sha256": run.version.sha256,
            "run": run.pk,
            "scores": run.scores,
            "configuration_sha256": run.configuration_sha256,
            "data_sha256": run.data_sha256,
            "tables_sha256": run.tables_sha256,
            "code_version": run.code_version,
        }
    return content


def manifest_hash(manifest: dict[str, Any]) -> str:
    """The SHA-256 of a manifest as canonical JSON."""
    return _sha256(manifest)


def own_reports(release: Release, user: Person) -> QuerySet[Assignment]:
    """The duties of the person's agencies that have a report of their own in a publication in force,
    or in one that was corrected."""
    if release.run_id is None or release.status == ReleaseStatus.WITHDRAWN:
        return Assignment.objects.none()
    own = Assignment.objects.of_agencies(agencies_of(user)).filter(round=release.round_id)
    assessed = IndexRunUnit.objects.filter(run=release.run_id, agency=OuterRef("agency"))
    return own.filter(Exists(assessed)).select_related("agency")


def catalogue() -> QuerySet[Release]:
    """Everything that was published, the newest first."""
    return (
        Release.objects.published()
        .select_related("round__campaign__owner", "run__version__index")
        .defer(
            "manifest",
            "run__version__definition",
            "run__configuration",
            "run__summary",
            "run__warnings",
        )
    )


def _of_round(round_: Round) -> Iterator[Finding]:
    if round_.status != RoundStatus.CLOSED:
        text = _("The round is not closed: answers can still come in.")
        yield Finding("round_open", Gravity.BLOCKS, text)
    asked = Assignment.objects.expected().filter(round=round_)
    statuses = list(asked.values_list("status", flat=True))
    returned = statuses.count(AssignmentStatus.RETURNED)
    if returned:
        text = _("Returned answers that were not signed again, and do not count: %(number)d.") % {
            "number": returned
        }
        yield Finding("returned", Gravity.WARNS, text)
    counted = counted_revisions(round_).count()
    if not counted:
        yield Finding("nothing_signed", Gravity.BLOCKS, _("No signed answer is there to publish."))
    else:
        text = _("Signed answers: %(signed)d of %(asked)d agencies.") % {
            "signed": counted,
            "asked": len(statuses),
        }
        yield Finding("answers", Gravity.FINE, text)


def _of_verification(round_: Round) -> Iterator[Finding]:
    plan = VerificationPlan.objects.filter(round=round_).first()
    code = "verification"
    if plan is None or plan.status == PlanStatus.PREPARING:
        wanted = round_.campaign.verifies and not round_.campaign.is_confidential
        if wanted:
            yield Finding(code, Gravity.WARNS, _("The answers were not verified."))
    elif plan.frozen_at is None:
        text = _("The verification is still under way. It ends before anything is published.")
        yield Finding(code, Gravity.BLOCKS, text)
    else:
        yield Finding(code, Gravity.FINE, _("The verification is closed."))


def _of_targets(round_: Round) -> Iterator[Finding]:
    result = result_of(round_)
    now = base_now(round_)
    if result is None or any(result.base.get(name) != number for name, number in now.items()):
        text = _("The results of the round are not computed yet, or answers have changed since.")
        yield Finding("no_result", Gravity.BLOCKS, text)


def _of_run(round_: Round, run: IndexRun | None) -> Iterator[Finding]:
    if run is None:
        text = _(
            "No run of an index is chosen: agencies get no scores, and no report of their own."
        )
        yield Finding("no_run", Gravity.WARNS, text)
        return
    if round_.campaign.is_confidential:
        text = _("The answers are confidential: an index would show single agencies.")
        yield Finding("run_confidential", Gravity.BLOCKS, text)
    if run.round_id != round_.pk or run.computed_at is None:
        text = _("The run is not computed, or not over this round.")
        yield Finding("run_unfit", Gravity.BLOCKS, text)
        return
    newest = counted_revisions(round_).aggregate(newest=Max("at"))["newest"]
    signed = run.summary.get("signed")
    if (newest and newest > run.requested_at) or signed != counted_revisions(round_).count():
        text = _("Answers have changed since the run. Compute the index again.")
        yield Finding("run_outdated", Gravity.BLOCKS, text)
    if run.warnings:
        text = ngettext(
            "The run has %(number)d warning. Read it before publishing.",
            "The run has %(number)d warnings. Read them before publishing.",
            len(run.warnings),
        ) % {"number": len(run.warnings)}
        yield Finding("run_warnings", Gravity.WARNS, text)


def _of_protection(round_: Round) -> Iterator[Finding]:
    if policy_of(round_).pk is None:
        text = _("Nobody has set how figures are protected: the usual protection holds.")
        yield Finding("policy_default", Gravity.WARNS, text)
    refused = release_log(round_).exclude(refusal="").count()
    if refused:
        text = ngettext(
            "The protection has refused %(number)d table so far; see the release log.",
            "The protection has refused %(number)d tables so far; see the release log.",
            refused,
        ) % {"number": refused}
        yield Finding("refused_tables", Gravity.WARNS, text)


def _sha256(value: Any) -> str:
    return hashlib.sha256(rfc8785.dumps(value)).hexdigest()
