"""Whom a target rule fits: agencies, their strata, and what the rule can be made of."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.lookups import In

from surveys.campaigns.deadlines import local_day
from surveys.campaigns.sampling import allocate, draw
from surveys.campaigns.targets import TargetRule
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency, AgencyIdentifier, AgencyQuerySet

SHOWN: Final = 200
MOST_VALUES: Final = 30
CONTACT: Final = "email"
"""The attribute that holds the address of an agency without accounts: nothing to choose by."""
BY_PROVINCE: Final = "province"
BY_TYPE: Final = "type"


@dataclass(frozen=True)
class TypeNumber:
    """How many agencies of a type are in."""

    type: AgencyType
    number: int


@dataclass(frozen=True)
class Stratum:
    """A stratum of the sample: how many it holds and how many are drawn."""

    name: str
    size: int
    drawn: int


@dataclass(frozen=True)
class TargetPreview:
    """Who is in: the number, by type, the first of them, and the strata of a sample."""

    total: int
    types: list[TypeNumber]
    agencies: list[Agency]
    strata: list[Stratum] = field(default_factory=list)

    @property
    def is_cut(self) -> bool:
        """Whether there are more than are listed."""
        return self.total > len(self.agencies)


def agencies_to_ask(rule: TargetRule, *, at: datetime) -> AgencyQuerySet:
    """Agencies that the rule fits and that are valid on the day of ``at``, in official order."""
    existing = Agency.ever.existing_on(local_day(at))
    fitting = _fitting(rule, existing)
    if rule.sample is not None:
        strata = _strata(existing.filter(fitting), rule.sample.by, existing)
        fitting = Q(pk__in=draw(strata, rule.sample.size, seed=rule.sample.seed))
    return existing.filter(fitting | Q(key__in=rule.also)).exclude(key__in=rule.without)


def preview(rule: TargetRule, *, at: datetime) -> TargetPreview:
    """What the rule comes to today; the agencies with their superiors."""
    asked = agencies_to_ask(rule, at=at)
    numbers = Counter(asked.order_by().values_list("type", flat=True))
    return TargetPreview(
        total=sum(numbers.values()),
        types=[TypeNumber(kind, numbers[kind]) for kind in AgencyType if numbers[kind]],
        agencies=list(asked.select_related("parent")[:SHOWN]),
        strata=_numbers(rule, at=at),
    )


def attribute_values() -> dict[str, list[str]]:
    """The attributes that existing agencies have, with their values; those with too many are left out."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    distinct = Agency.objects.exclude(attributes={}).order_by().values_list("attributes", flat=True)
    for attributes in distinct.distinct():
        for name, value in attributes.items():
            if name != CONTACT and isinstance(value, str) and value:
                found[name].add(value)
    return {
        name: sorted(values) for name, values in sorted(found.items()) if len(values) <= MOST_VALUES
    }


def agencies_named(lines: Iterable[str]) -> tuple[list[str], list[tuple[int, str]]]:
    """The keys of the agencies that lines name by key or by a code in force, each once, in order.

    Beside them the lines that name none, or more than one, with their numbers from 1. Two queries.
    """
    texts = [(number, line.strip()) for number, line in enumerate(lines, start=1) if line.strip()]
    wanted = {text for _number, text in texts}
    known: defaultdict[str, set[str]] = defaultdict(set)
    for key in Agency.objects.filter(key__in=wanted).values_list("key", flat=True):
        known[key].add(key)
    codes = AgencyIdentifier.objects.filter(
        value__in=wanted, valid_to=None, agency__valid_to=None
    ).values_list("value", "agency__key")
    for value, key in codes:
        known[value].add(key)
    keys = [next(iter(known[text])) for _number, text in texts if len(known[text]) == 1]
    unknown = [(number, text) for number, text in texts if len(known[text]) != 1]
    return list(dict.fromkeys(keys)), unknown


def _fitting(rule: TargetRule, existing: AgencyQuerySet) -> Q:
    fitting = Q(type__in=rule.types) & ~Q(key__in=rule.without)
    for name, values in rule.attributes.items():
        # An attribute's name comes from people: it is a value here, never part of a lookup.
        fitting &= Q(In(KeyTextTransform(name, "attributes"), list(values)))
    if rule.under:
        below = [Q(pk__in=existing.under(top)) for top in Agency.ever.filter(key__in=rule.under)]
        fitting &= reduce(or_, below, Q(pk__in=[]))
    return fitting


def strata_of(rule: TargetRule, *, at: datetime) -> Mapping[str, list[int]]:
    """The agencies among which the rule draws its sample, by stratum; none where it draws none."""
    if rule.sample is None:
        return {}
    existing = Agency.ever.existing_on(local_day(at))
    return _strata(existing.filter(_fitting(rule, existing)), rule.sample.by, existing)


def _numbers(rule: TargetRule, *, at: datetime) -> list[Stratum]:
    if rule.sample is None:
        return []
    strata = strata_of(rule, at=at)
    sizes = {name: len(members) for name, members in strata.items()}
    drawn = allocate(sizes, rule.sample.size)
    return [Stratum(name, sizes[name], drawn[name]) for name in sorted(sizes)]


def _strata(
    agencies: AgencyQuerySet, by: tuple[str, ...], existing: AgencyQuerySet
) -> Mapping[str, list[int]]:
    """The agencies' ids by stratum; without fields there is one."""
    provinces = _province_names(existing) if BY_PROVINCE in by else {}
    strata: defaultdict[str, list[int]] = defaultdict(list)
    rows = agencies.order_by("pk").values_list("pk", "type", "path", "attributes")
    for pk, kind, path, attributes in rows:
        parts = [_part(name, kind, path, attributes, provinces) for name in by]
        strata[" / ".join(parts)].append(pk)
    return strata


def _part(
    name: str, kind: str, path: str, attributes: Mapping[str, Any], provinces: Mapping[str, str]
) -> str:
    if name == BY_TYPE:
        return str(AgencyType(kind).label)
    if name == BY_PROVINCE:
        steps = path.split("/")
        found = (provinces.get("/".join(steps[:end]) + "/") for end in range(1, len(steps)))
        return next((province for province in found if province), "-")
    return str(attributes.get(name, "-"))


def _province_names(existing: AgencyQuerySet) -> dict[str, str]:
    return dict(existing.of_types([AgencyType.PROVINCE]).values_list("path", "name"))
