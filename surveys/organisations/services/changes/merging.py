"""Agencies become part of another one, or come out of one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.organisations.enums import ChangeKind, IdentifierScheme, SuccessionKind
from surveys.organisations.models import (
    Agency,
    AgencyIdentifier,
    AgencySuccession,
    Membership,
    User,
)
from surveys.organisations.search import search_key
from surveys.organisations.services.changes.document import (
    ChangeTooEarly,
    Document,
    enter,
    locked,
    new_change,
    refuse_wrong_day,
)
from surveys.organisations.services.changes.naming import Name, set_name
from surveys.organisations.services.changes.tree import hand_over_children, step_of


class MergedWithItself(DomainError):
    """An agency does not become part of itself or of what is below it."""

    code = "merged_with_itself"
    message = _("An agency cannot be merged into itself or into an agency below it.")


class NotDivided(DomainError):
    """A division has at least two sides."""

    code = "not_divided"
    message = _("Name at least two units, or one beside the agency that goes on.")


@dataclass(frozen=True, slots=True)
class NewUnit:
    """An agency to be founded: its name, its official code if it has one, and who belongs to it."""

    name: Name
    code: str = ""
    children: Sequence[int] = field(default_factory=tuple)


@transaction.atomic
def merge_agencies(
    agencies: Sequence[Agency],
    into: Agency | NewUnit,
    document: Document,
    *,
    with_members: bool,
    actor: User | None,
    at: datetime,
) -> Agency:
    """End the agencies and let another one, or a new one, take their place; that one.

    What was below them goes below it; their codes end; their answers, rounds and memberships stay
    with them. ``with_members`` lets their members be its members too. The number of queries grows
    with the agencies that are merged, not with what is below them. Raises AgencyDissolved,
    MergedWithItself, TreeTooDeep, ChangeInFuture or ChangeTooEarly.
    """
    given = [into] if isinstance(into, Agency) else []
    held = locked([*agencies, *given])
    ending = held[: len(agencies)]
    if given and any(held[-1].path.startswith(each.path) for each in ending):
        raise MergedWithItself
    refuse_wrong_day(document, ending, at=at)
    topmost = min(ending, key=lambda agency: len(agency.path))
    successor = held[-1] if isinstance(into, Agency) else _found(into, topmost, document.on)
    for each in ending:
        _end(each, [successor], SuccessionKind.MERGED, document)
    # Only now: one of them may have been below another, and what has ended stays in its place. The
    # lowest first: what is below it must not have moved with the higher one before.
    for each in sorted(ending, key=lambda agency: len(agency.path), reverse=True):
        children = Agency.objects.filter(parent=each).values_list("pk", flat=True)
        hand_over_children(list(children), of=each, to=successor)
    if with_members:
        _take_over_members(ending, successor)
    change = new_change(
        ChangeKind.MERGED,
        ending[0],
        before={"agencies": [each.key for each in ending]},
        after={"agencies": [successor.key]},
    )
    enter(change, document, {each.pk: [successor] for each in ending}, actor=actor, at=at)
    return successor


@transaction.atomic
def split_agency(
    agency: Agency,
    units: Sequence[NewUnit],
    document: Document,
    *,
    goes_on: bool,
    actor: User | None,
    at: datetime,
) -> list[Agency]:
    """Found new agencies out of one, which ends or ``goes_on`` beside them; the new ones.

    Each child belongs to the unit that names it; those that none names stay where the agency goes
    on, and follow the first unit where it ends. Raises AgencyDissolved, NotDivided, TreeTooDeep,
    ChangeInFuture or ChangeTooEarly.
    """
    if len(units) + goes_on < 2:
        raise NotDivided
    (held,) = locked([agency])
    refuse_wrong_day(document, [held], at=at)
    founded = [_found(unit, held, document.on) for unit in units]
    left = _hand_out(held, list(zip(founded, units, strict=True)))
    if goes_on:
        _succeed(held, founded, SuccessionKind.SPLIT, document)
    else:
        hand_over_children(left, of=held, to=founded[0])
        _end(held, founded, SuccessionKind.SPLIT, document)
    change = new_change(
        ChangeKind.SPLIT,
        held,
        before={"agencies": [held.key]},
        after={"agencies": [each.key for each in founded], "goes_on": goes_on},
    )
    enter(change, document, {held.pk: founded}, actor=actor, at=at)
    return founded


def _found(unit: NewUnit, model: Agency, on: date) -> Agency:
    """A new agency of the same kind and place as the one it comes from."""
    last = Agency.ever.filter(parent=model.parent_id).aggregate(most=Max("official_order"))["most"]
    agency = Agency(
        key=_free_key(unit.name.name, on),
        type=model.type,
        parent=model.parent,
        official_order=(last or 0) + 1,
        attributes=model.attributes,
        valid_from=on,
        by_document=True,
    )
    set_name(agency, unit.name)
    agency.save()
    agency.path = f"{model.path.removesuffix(step_of(model))}{step_of(agency)}"
    agency.save(update_fields=["path"])
    if unit.code:
        AgencyIdentifier.objects.create(
            agency=agency, scheme=IdentifierScheme.NSO, value=unit.code, valid_from=on
        )
    return agency


def _free_key(name: str, on: date) -> str:
    stem = f"{slugify(search_key(name))[:44]}-{on.year}"
    taken = set(Agency.ever.filter(key__startswith=stem).values_list("key", flat=True))
    return next(
        key for n in range(len(taken) + 1) if (key := f"{stem}-{n + 1}" if n else stem) not in taken
    )


def _end(
    agency: Agency, successors: Sequence[Agency], kind: SuccessionKind, document: Document
) -> None:
    open_codes = agency.identifiers.filter(valid_to=None)
    if open_codes.filter(valid_from__gte=document.on).exists():
        raise ChangeTooEarly
    open_codes.update(valid_to=document.on)
    agency.valid_to, agency.by_document = document.on, True
    agency.save(update_fields=["valid_to", "by_document"])
    _succeed(agency, successors, kind, document)


def _succeed(
    agency: Agency, successors: Sequence[Agency], kind: SuccessionKind, document: Document
) -> None:
    # Who came out of an agency may take it up later: the newest act is how one follows the other.
    AgencySuccession.objects.bulk_create(
        [
            AgencySuccession(
                predecessor=agency,
                successor=each,
                kind=kind,
                on=document.on,
                basis=document.basis,
            )
            for each in successors
        ],
        update_conflicts=True,
        unique_fields=["predecessor", "successor"],
        update_fields=["kind", "on", "basis"],
    )


def _hand_out(agency: Agency, parts: Sequence[tuple[Agency, NewUnit]]) -> list[int]:
    """Give each new agency the children it names; those that none names."""
    left = set(Agency.objects.filter(parent=agency).values_list("pk", flat=True))
    for founded, unit in parts:
        named = left & set(unit.children)
        hand_over_children(sorted(named), of=agency, to=founded)
        left -= named
    return sorted(left)


def _take_over_members(agencies: Sequence[Agency], successor: Agency) -> None:
    members = Membership.objects.filter(agency__in=agencies)
    Membership.objects.bulk_create(
        [
            Membership(
                user_id=member.user_id,
                agency=successor,
                role=member.role,
                title=member.title,
                signs_as=member.signs_as,
            )
            for member in members
        ],
        ignore_conflicts=True,
    )
