"""Reading what can be asked of a round, and what was computed. No pandas here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from analytics.answers import COUNTED, base_now
from analytics.explorer.asking import Asking, Dimension, Scope
from analytics.explorer.audiences import Basis, is_withheld, policy_key
from analytics.explorer.items import DIVIDING, Item, union_of
from analytics.explorer.models import Coding, Tabulation, Theme
from analytics.gate.enums import Audience
from analytics.gate.queries import policy_of, sees_everything
from analytics.results.asked import questionnaires_asked
from surveys.campaigns.enums import AssignmentStatus, Disposition
from surveys.campaigns.models import Assignment, Round
from surveys.campaigns.queries import attribute_values
from surveys.campaigns.target_forms import ATTRIBUTES
from surveys.engine import text_in
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency
from surveys.organisations.rules import Person

PATH_STEP: Final = 9
"""Characters of one step of an agency's path."""
ATTRIBUTE: Final = "attribute."
QUESTION: Final = "question."
EVERYTHING: Final = "everything"
"""In the place of a policy: nothing is hidden."""


@dataclass(frozen=True, slots=True)
class AskedUnit:
    """What dimensions know of an agency that the round asks: ``provinces`` has the key of that above it."""

    agency_id: int
    name: str
    name_en: str
    type: str
    status: str
    attributes: Mapping[str, Any]
    provinces: tuple[str, ...] = ()


def asked_units(round_: Round) -> list[AskedUnit]:
    """Every agency that is asked, in official order; two queries."""
    provinces = dict(
        Agency.ever.filter(type=AgencyType.PROVINCE).values_list("path", "key").order_by()
    )
    rows = (
        Assignment.objects.expected()
        .filter(round=round_)
        .select_related("agency")
        .order_by("agency__official_order", "agency__sort_key")
        .only("status", "agency_name", "agency_name_en", *_OF_AGENCY)
    )
    return [_unit(row, provinces) for row in rows]


_OF_AGENCY: Final = tuple(
    f"agency__{name}" for name in ("name", "name_en", "type", "attributes", "path")
)


def _unit(row: Assignment, provinces: Mapping[str, str]) -> AskedUnit:
    agency = row.agency
    above = (agency.path[:end] for end in range(PATH_STEP, len(agency.path), PATH_STEP))
    return AskedUnit(
        agency_id=agency.pk,
        name=row.agency_name or agency.name,
        name_en=row.agency_name_en or agency.name_en,
        type=agency.type,
        status=row.status,
        attributes=agency.attributes,
        provinces=tuple(provinces[path] for path in above if path in provinces),
    )


def values_in(dimension: str, unit: AskedUnit) -> tuple[str, ...]:
    """The values that an agency has in one of ``unit_dimensions``."""
    match dimension:
        case "type":
            return (unit.type,)
        case "status":
            return (unit.status,)
        case "province":
            return unit.provinces
        case _:
            found = unit.attributes.get(dimension.removeprefix(ATTRIBUTE))
            return (str(found),) if found else ()


def items_of_round(round_: Round) -> dict[str, Item]:
    """What the round asks, by name, in the order of its questionnaires."""
    return union_of(asked.form for asked in questionnaires_asked(round_))


def scope_of(round_: Round) -> Scope:
    """What can be asked of the round, in the language of the reader."""
    items, units = items_of_round(round_), asked_units(round_)
    dimensions = [*unit_dimensions(units), *question_dimensions(items.values())]
    return Scope(items, {each.code: each for each in dimensions}, has_weights(round_))


def has_weights(round_: Round) -> bool:
    """Whether the agencies stand for others: a sample was drawn."""
    return "sample" in round_.targets


def unit_dimensions(units: Sequence[AskedUnit]) -> list[Dimension]:
    """Type, province above, attributes and status, each where any agency asked has it."""
    found = [
        _dimension("type", _("Type of agency"), AgencyType.choices, {unit.type for unit in units}),
        _provinces(units),
        *(_attribute(name, units) for name in attribute_values()),
        _dimension(
            "status",
            _("Status"),
            AssignmentStatus.choices,
            {unit.status for unit in units if unit.status in COUNTED},
        ),
    ]
    return [dimension for dimension in found if dimension.values]


def _dimension(
    code: str, label: str, choices: Iterable[tuple[str, Any]], present: set[str]
) -> Dimension:
    values = tuple((value, str(word)) for value, word in choices if value in present)
    return Dimension(code, label, values)


def _attribute(name: str, units: Sequence[AskedUnit]) -> Dimension:
    values = {str(unit.attributes[name]) for unit in units if unit.attributes.get(name)}
    choices = tuple((value, _word(value)) for value in sorted(values))
    return Dimension(f"{ATTRIBUTE}{name}", _word(name), choices)


def _word(name: str) -> str:
    return str(ATTRIBUTES.get(name, name))


def _provinces(units: Sequence[AskedUnit]) -> Dimension:
    """The provinces above the agencies; a province itself does not stand below one."""
    keys = {key for unit in units for key in unit.provinces}
    found = Agency.ever.filter(key__in=keys) if keys else ()
    values = tuple((each.key, each.localised_name) for each in found)
    return Dimension("province", _("Province"), values)


def question_dimensions(items: Iterable[Item]) -> list[Dimension]:
    """The questions with choices, also the cells of tables."""
    language = get_language() or "vi"
    return [
        Dimension(
            f"{QUESTION}{item.name}",
            item.title(language),
            tuple((choice.name, text_in(choice.label, language)) for choice in item.choices),
            exclusive=not item.is_multiple,
        )
        for item in items
        if item.kind in DIVIDING
    ]


def data_version(round_: Round) -> str:
    """What a result computed now would rest on, as a short text that changes with the answers."""
    base = base_now(round_)
    return f"{base['asked']}-{base['signed']}-{base['newest_revision']}"


def basis_of(round_: Round, audience: Audience) -> Basis:
    """What a result computed now for the audience would rest on."""
    shows_all = sees_everything(audience, round_)
    policy = EVERYTHING if shows_all else policy_key(policy_of(round_))
    return Basis(audience, data_version(round_), policy)


def is_tabulated(round_: Round, basis: Basis) -> bool:
    """Whether the questions of the round were tabulated on this basis already."""
    stored = Tabulation.objects.filter(round=round_, result__isnull=False, **basis.fields)
    return stored.filter(job=None).exists()


def tabulation_of(round_: Round, asking: Asking, basis: Basis) -> Tabulation | None:
    """The stored result of an asking, or the one that is being computed."""
    stored = Tabulation.objects.select_related("job")
    return stored.filter(round=round_, digest=asking.digest, **basis.fields).first()


def plain_results(
    round_: Round, items: Iterable[Item], basis: Basis
) -> dict[str, Mapping[str, Any]]:
    """The stored results of whole questions by their name; one query for all."""
    digests = {Asking(item.name).digest: item.name for item in items}
    stored = Tabulation.objects.filter(
        round=round_, result__isnull=False, digest__in=list(digests), **basis.fields
    )
    found: dict[str, Mapping[str, Any]] = {
        digests[each.digest]: each.result or {} for each in stored.only("digest", "result")
    }
    return found


def themes_of(round_: Round, variable: str) -> list[Theme]:
    """The themes of a question, each with the number of answers in it (``number``)."""
    return list(
        Theme.objects.filter(round=round_, variable=variable).annotate(number=Count("codings"))
    )


def result_before(round_: Round, asking: Asking, audience: Audience) -> Mapping[str, Any] | None:
    """The stored result of the same question in the round before, on its answers as they are now and
    under the policy that holds there now; None where it is not stored or may not be shown yet."""
    before = round_.previous
    if before is None or is_withheld(before):
        return None
    stored = Tabulation.objects.filter(
        round=before,
        digest=asking.digest,
        result__isnull=False,
        **basis_of(before, audience).fields,
    )
    found: Mapping[str, Any] | None = (
        stored.order_by("-pk").values_list("result", flat=True).first()
    )
    return found


def signed_in(round_: Round) -> int:
    """How many agencies have signed answers that count."""
    return base_now(round_)["signed"]


def rounds_to_explore(user: Person) -> QuerySet[Round]:
    """The rounds of the person's owners that were opened, with who was asked and who has signed."""
    signed = Q(assignments__status__in=COUNTED) & ~Q(
        assignments__disposition=Disposition.INELIGIBLE
    )
    return (
        Round.objects.followed_by(user)
        .filter(opened_at__isnull=False)
        .select_related("campaign")
        .annotate(
            asked=Count("assignments", filter=~Q(assignments__disposition=Disposition.INELIGIBLE)),
            signed=Count("assignments", filter=signed),
        )
        .order_by("-closes_at", "code")
    )


def codings_of(round_: Round, variable: str) -> list[Coding]:
    """Which answers to a question stand in which themes; one query."""
    return list(Coding.objects.filter(theme__round=round_, theme__variable=variable))
