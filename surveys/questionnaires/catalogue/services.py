"""Everything that changes the catalogue."""

import re
from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.engine import Indicator
from surveys.engine.scoring import RuleInvalid, read_rule
from surveys.organisations.models import Agency, User
from surveys.questionnaires.advice import advice_in_words
from surveys.questionnaires.catalogue.enums import Direction
from surveys.questionnaires.catalogue.models import (
    BASIS_LENGTH,
    CODE_LENGTH,
    TARGET_LENGTH,
    CatalogueIndicator,
)
from surveys.questionnaires.catalogue.queries import (
    FACTS,
    Standing,
    candidates,
    differences,
)
from surveys.questionnaires.models import QuestionnaireVersion

_CODE: Final = re.compile(rf"\w[\w.\-]{{0,{CODE_LENGTH - 1}}}")
LABEL_LENGTH: Final = 500


class IndicatorInvalid(DomainError):
    """An indicator that cannot stand in a catalogue; ``field`` is the fact that is wrong."""

    code = "indicator_invalid"
    status = 422

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, field=field)
        self.field = field


class IndicatorExists(DomainError):
    """The owner has an indicator with this code."""

    code = "indicator_exists"
    message = _("The catalogue has an indicator with this code already.")


class IndicatorRetired(DomainError):
    """A retired indicator is not changed; it is brought back first."""

    code = "indicator_retired"
    message = _("The indicator is retired. Bring it back before you change it.")


class NotRetired(DomainError):
    """Only what is retired can be brought back."""

    code = "indicator_not_retired"
    message = _("The indicator is not retired.")


@transaction.atomic
def add_indicator(
    *, owner: Agency, facts: Indicator, actor: User | None, at: datetime, source: str = ""
) -> CatalogueIndicator:
    """Enter an indicator into the catalogue of an owner; ``source`` says where it was taken from.

    Raises IndicatorInvalid and IndicatorExists.
    """
    _check(facts)
    values = {fact: getattr(facts, fact) for fact in FACTS}
    indicator, is_new = CatalogueIndicator.objects.get_or_create(
        owner=owner, code=facts.code, defaults={**values, "created_at": at}
    )
    if not is_new:
        raise IndicatorExists
    audit.record(
        Event.INDICATOR_ADDED,
        indicator,
        actor=actor,
        at=at,
        data={"owner": owner.key, "code": facts.code, "facts": values, "source": source},
    )
    return indicator


@transaction.atomic
def change_indicator(
    indicator: CatalogueIndicator,
    *,
    facts: Indicator,
    actor: User | None,
    at: datetime,
    source: str = "",
) -> CatalogueIndicator:
    """Say something else of an indicator; its code stays. Nothing new records nothing.

    Raises IndicatorInvalid, and IndicatorRetired once its last day is set.
    """
    _check(facts)
    row = _locked(indicator)
    if row.valid_to is not None:
        raise IndicatorRetired
    told = differences(row.as_engine(), facts)
    if not told:
        return row
    for each in told:
        setattr(row, each.fact, each.new)
    row.save(update_fields=[each.fact for each in told])
    changes = [{"fact": each.fact, "old": each.old, "new": each.new} for each in told]
    _record(Event.INDICATOR_CHANGED, row, actor, at, changes=changes, source=source)
    return row


@transaction.atomic
def retire_indicator(
    indicator: CatalogueIndicator, *, last_day: date, actor: User | None, at: datetime
) -> CatalogueIndicator:
    """Let an indicator count for the last time on a day; versions that refer to it stay as they are.

    Raises IndicatorRetired if it has a last day, and IndicatorInvalid if that were before its first.
    """
    row = _locked(indicator)
    if row.valid_to is not None:
        raise IndicatorRetired
    if row.valid_from and last_day < row.valid_from:
        raise IndicatorInvalid("valid_to", str(_("The last day is not before the first.")))
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    _record(Event.INDICATOR_RETIRED, row, actor, at, last_day=last_day)
    return row


@transaction.atomic
def restore_indicator(
    indicator: CatalogueIndicator, *, actor: User | None, at: datetime
) -> CatalogueIndicator:
    """Let a retired indicator count again. Raises NotRetired."""
    row = _locked(indicator)
    if row.valid_to is None:
        raise NotRetired
    ended, row.valid_to = row.valid_to, None
    row.save(update_fields=["valid_to"])
    _record(Event.INDICATOR_RESTORED, row, actor, at, last_day=ended)
    return row


@transaction.atomic
def adopt_indicators(
    version: QuestionnaireVersion,
    *,
    codes: Collection[str] | None,
    actor: User | None,
    at: datetime,
) -> int:
    """Take indicators of a version into its owner's catalogue; all of them if ``codes`` is None.

    What the version's sheet leaves empty stays as the catalogue has it. Returns how many were added
    or changed; each is an event of its own, so that an indicator's history is whole. Raises
    IndicatorInvalid or IndicatorRetired, and nothing is written then.
    """
    owner = version.questionnaire.owner
    source = f"{version.questionnaire.code}/{version.number}"
    told: dict[str, Any] = {"actor": actor, "at": at, "source": source}
    taken = 0
    for each in candidates(version):
        if codes is not None and each.adopted.code not in codes:
            continue
        if each.standing is Standing.NEW:
            add_indicator(owner=owner, facts=each.adopted, **told)
        elif each.standing is Standing.CHANGED:
            row = CatalogueIndicator.objects.get(owner=owner, code=each.adopted.code)
            change_indicator(row, facts=each.adopted, **told)
        taken += each.standing is not Standing.EQUAL
    return taken


def _check(facts: Indicator) -> None:
    if not _CODE.fullmatch(facts.code):
        advice = _("A code has letters, digits, dots and hyphens, at most %(number)s.")
        raise IndicatorInvalid("code", str(advice) % {"number": CODE_LENGTH})
    if not any(text.strip() for text in facts.label.values()):
        raise IndicatorInvalid("label", str(_("Give the indicator a name.")))
    if facts.direction not in Direction.values:
        raise IndicatorInvalid("direction", str(_("Say which way is better.")))
    for field, limit in (("target", TARGET_LENGTH), ("legal_basis", BASIS_LENGTH)):
        _check_length(field, getattr(facts, field), limit)
    for field in ("label", "unit"):
        for text in getattr(facts, field).values():
            _check_length(field, text, LABEL_LENGTH)
    if facts.scoring:
        try:
            read_rule(facts.scoring)
        except RuleInvalid as refusal:
            raise IndicatorInvalid("scoring", advice_in_words(refusal.advice)) from refusal


def _check_length(field: str, text: str, limit: int) -> None:
    if len(text) > limit or "\0" in text:
        advice = _("Write a text of at most %(number)s characters.")
        raise IndicatorInvalid(field, str(advice) % {"number": limit})


def _locked(indicator: CatalogueIndicator) -> CatalogueIndicator:
    rows = CatalogueIndicator.objects.select_for_update(of=("self",)).select_related("owner")
    return rows.get(pk=indicator.pk)


def _record(
    kind: Event, row: CatalogueIndicator, actor: User | None, at: datetime, **told: Any
) -> None:
    data = {"owner": row.owner.key, "code": row.code, **told}
    audit.record(kind, row, actor=actor, at=at, data=data)
