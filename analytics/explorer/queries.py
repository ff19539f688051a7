"""Reading what can be asked of a round, and what was computed. No pandas here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from analytics.answers import COUNTED, base_now
from analytics.explorer.asking import Asking, Dimension, Scope
from analytics.explorer.audiences import Basis
from analytics.explorer.items import DIVIDING, Item, union_of
from analytics.explorer.models import Tabulation, Theme
from analytics.results.asked import questionnaires_asked
from surveys.campaigns.enums import AssignmentStatus
from surveys.campaigns.models import Assignment, Round
from surveys.campaigns.queries import attribute_values
from surveys.campaigns.target_forms import ATTRIBUTES
from surveys.engine import text_in
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency

PATH_STEP: Final = 9
"""Characters of one step of an agency's path."""
ATTRIBUTE: Final = "attribute."
QUESTION: Final = "question."


@dataclass(frozen=True, slots=True)
class AskedUnit:
    """What dimensions know of an agency that the round asks: ``above`` are the ids of its path."""

    agency_id: int
    type: str
    status: str
    attributes: Mapping[str, Any]
    above: tuple[int, ...]


def asked_units(round_: Round) -> list[AskedUnit]:
    """Every agency that is asked, in official order; one query."""
    rows = (
        Assignment.objects.expected()
        .filter(round=round_)
        .order_by("agency__official_order", "agency__sort_key")
        .values_list("agency_id", "agency__type", "status", "agency__attributes", "agency__path")
    )
    return [
        AskedUnit(agency, kind, status, attributes, _ids(path))
        for agency, kind, status, attributes, path in rows
    ]


def _ids(path: str) -> tuple[int, ...]:
    return tuple(int(step) for step in path.split("/") if step)


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
    """Type, province above, attributes and status, each where the agencies asked differ in it."""
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
    return [dimension for dimension in found if len(dimension.values) > 1]


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
    above = {pk for unit in units for pk in unit.above if pk != unit.agency_id}
    provinces = Agency.ever.filter(pk__in=above, type=AgencyType.PROVINCE) if above else ()
    return Dimension(
        "province",
        _("Province"),
        tuple((each.key, each.localised_name) for each in provinces),
    )


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
