"""Asking, storing, and putting answers into themes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from analytics.explorer.asking import Asking
from analytics.explorer.audiences import Basis
from analytics.explorer.models import Coding, Tabulation, Theme
from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.background.enums import OVER, PENDING
from surveys.background.models import Job
from surveys.campaigns.models import Round
from surveys.common.errors import DomainError
from surveys.live.services import publish
from surveys.organisations.models import User

MOST_WAITING: Final = 20
LONGEST_NAME: Final = 120
MOST_THEMES: Final = 60


class TooManyAsked(DomainError):
    """Somebody has as many tabulations waiting as may wait."""

    code = "too_many_asked"
    message = _("Many tables of yours are still being computed. Wait for them, then ask again.")
    status = 429


class ThemeUnknown(DomainError):
    """The question has no such theme."""

    code = "theme_unknown"
    message = _("There is no such theme. Somebody may have removed it.")
    status = 404


class ThemeNotNamed(DomainError):
    """A theme without a name, or with one that is too long."""

    code = "theme_not_named"
    message = _("Give the theme a name of at most 120 characters.")
    status = 422


class ThemeExists(DomainError):
    """The question has a theme of that name."""

    code = "theme_exists"
    message = _("The question has a theme of that name already.")


class TooManyThemes(DomainError):
    """More themes than anybody can keep apart."""

    code = "too_many_themes"
    message = _("A question can have 60 themes at most.")


@transaction.atomic
def ask(round_: Round, asking: Asking, basis: Basis, *, actor: User, at: datetime) -> Tabulation:
    """Ask for a result that is not there, or whose job has failed; a background job computes it.

    A second person who asks the same while it is computed gets the same row. Raises TooManyAsked.
    """
    found, is_new = Tabulation.objects.select_for_update().get_or_create(
        round=round_,
        digest=asking.digest,
        **basis.fields,
        defaults={"asking": asking.as_json(), "asked_at": at},
    )
    if not (is_new or has_failed(found)):
        return found
    if _waiting(actor) >= MOST_WAITING:
        raise TooManyAsked
    data = {"round": round_.code, "asking": found.asking, "audience": basis.audience.value}
    event = record(Event.TABULATION_REQUESTED, found, actor=actor, at=at, data=data)
    found.job = Job.objects.get(event=event)
    found.save(update_fields=["job"])
    return found


def has_failed(found: Tabulation) -> bool:
    """Whether nobody computes the result any more."""
    return found.result is None and (found.job is None or found.job.status in OVER)


def _waiting(actor: User) -> int:
    return Tabulation.objects.filter(job__owner=actor, job__status__in=PENDING).count()


@transaction.atomic
def store(found: Tabulation, result: Mapping[str, Any], *, at: datetime) -> None:
    """Keep a computed result; what rested on older answers or another policy goes."""
    found.result = dict(result)
    found.computed_at = at
    found.save(update_fields=["result", "computed_at"])
    Tabulation.objects.filter(
        round=found.round_id, digest=found.digest, audience=found.audience, pk__lt=found.pk
    ).delete()


@transaction.atomic
def store_plain(
    round_: Round,
    results: Mapping[Asking, Mapping[str, Any]],
    basis: Basis,
    *,
    at: datetime,
) -> None:
    """Keep the results of all questions of a round for one audience, in place of all older ones."""
    mine = Tabulation.objects.filter(round=round_, audience=basis.audience)
    mine.exclude(data_version=basis.version, policy=basis.policy).delete()
    rows = [
        Tabulation(
            round=round_,
            digest=asking.digest,
            asking=asking.as_json(),
            **basis.fields,
            result=dict(result),
            asked_at=at,
            computed_at=at,
        )
        for asking, result in results.items()
    ]
    Tabulation.objects.bulk_create(
        rows,
        batch_size=100,
        update_conflicts=True,
        unique_fields=["round", "digest", "audience", "data_version", "policy"],
        update_fields=["result", "computed_at"],
    )
    publish(f"round:{round_.pk}", ["explorer"], at=at)


@transaction.atomic
def create_theme(round_: Round, *, variable: str, name: str, actor: User, at: datetime) -> Theme:
    """A theme for the answers to a question.

    Raises ThemeNotNamed, ThemeExists or TooManyThemes.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise ThemeNotNamed
    existing = Theme.objects.filter(round=round_, variable=variable)
    # Compared here: SQLite knows the capitals of ASCII only.
    names = {known.casefold() for known in existing.values_list("name", flat=True)}
    if name.casefold() in names:
        raise ThemeExists
    if len(names) >= MOST_THEMES:
        raise TooManyThemes
    theme = Theme.objects.create(
        round=round_, variable=variable, name=name, created_by=actor, created_at=at
    )
    _record(Event.THEME_CREATED, theme, actor=actor, at=at)
    return theme


@transaction.atomic
def remove_theme(theme: Theme, *, actor: User, at: datetime) -> None:
    """Remove a theme with what was put into it; the log keeps how many answers that were."""
    _record(Event.THEME_REMOVED, theme, actor=actor, at=at, answers=theme.codings.count())
    theme.delete()


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """An agency's answer in words, as it was signed in a revision; the ids of all three."""

    variable: str
    agency: int
    revision: int


@transaction.atomic
def code_answer(
    round_: Round, answer: TextAnswer, *, themes: Collection[int], actor: User, at: datetime
) -> None:
    """Put an answer into these themes and into no other. Raises ThemeUnknown."""
    known = {
        theme.pk: theme for theme in Theme.objects.filter(round=round_, variable=answer.variable)
    }
    if set(themes) - known.keys():
        raise ThemeUnknown
    before = Coding.objects.filter(theme__in=known, agency=answer.agency)
    held = set(before.filter(revision=answer.revision).values_list("theme_id", flat=True))
    before.exclude(theme__in=themes).delete()
    for pk in sorted(set(themes) - held):
        Coding.objects.update_or_create(
            theme=known[pk],
            agency_id=answer.agency,
            defaults={"revision_id": answer.revision, "coded_by": actor, "coded_at": at},
        )
    if set(themes) == held:
        return
    data = {
        "variable": answer.variable,
        "agency": answer.agency,
        "before": sorted(held),
        "after": sorted(themes),
    }
    record(Event.ANSWER_CODED, round_, actor=actor, at=at, data=data)


def _record(kind: Event, theme: Theme, *, actor: User, at: datetime, **data: Any) -> None:
    named = {"variable": theme.variable, "theme": theme.pk, "name": theme.name}
    record(kind, theme.round, actor=actor, at=at, data=named | data)
