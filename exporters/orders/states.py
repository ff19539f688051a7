"""As of when: the newest state that a file of a subject rests on. Not the time of its writing, so that
equal data give equal files."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from analytics.answers import counted_revisions
from analytics.models import IndexRun, Release
from surveys.campaigns.models import Round


def newest_of(subject: Round | IndexRun | Release, beside: Iterable[Round]) -> datetime:
    """``as_of`` of the subject and the rounds beside it: the newest of them."""
    return max(as_of(each) for each in (subject, *beside))


def as_of(subject: Round | IndexRun | Release) -> datetime:
    """When the newest answer of a round was signed (its opening, where there is none); when a run was
    computed; when a publication was approved (its proposal, until then)."""
    match subject:
        case Round():
            newest = counted_revisions(subject).aggregate(newest=Max("at"))["newest"]
            return newest or subject.opens_at
        case IndexRun():
            return subject.computed_at or subject.requested_at
        case Release():
            return subject.approved_at or subject.proposed_at
