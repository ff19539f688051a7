"""What is known of an agency before it is asked: itself, and what the units below it answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from surveys.engine import Document, Form, Kind, Question, Table
from surveys.engine.prefilled import PrefillSource
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency

FIGURES: Final = frozenset({Kind.INTEGER, Kind.DECIMAL})


class Below(StrEnum):
    """How the answers of lower units become one figure: the values of the parameter ``prefill``."""

    SUM = PrefillSource.SUM_BELOW.value
    MEAN = PrefillSource.MEAN_BELOW.value


@dataclass(frozen=True, slots=True)
class BelowFigure:
    """A cell that is filled in from below: its path, and the path at which the units answer."""

    path: str
    source: str
    how: Below
    kind: Kind


def known_answers(form: Form, agency: Agency) -> Document:
    """The answers of questions whose parameter ``prefill`` names what the catalogue of agencies knows.

    Questions inside repeats and tables are never filled in, and neither is what the catalogue does
    not say. Only what a questionnaire names is looked up.
    """
    found = {name: KNOWN[source](agency) for name, source in _sources(form) if source in KNOWN}
    return {name: value for name, value in found.items() if value}


def _parent_name(agency: Agency) -> str:
    return agency.parent.name if agency.parent else ""


def _province_name(agency: Agency) -> str:
    """The province itself, or the one it lies in; an agency's path names all above it."""
    above = [int(step) for step in agency.path.split("/") if step]
    province = Agency.objects.filter(pk__in=above, type=AgencyType.PROVINCE).first()
    return province.name if province else ""


def _communes(agency: Agency) -> str:
    below = Agency.objects.under(agency).exclude(pk=agency.pk)
    return str(below.of_types([AgencyType.COMMUNE]).count())


def _units_below(agency: Agency) -> str:
    return str(Agency.objects.filter(parent=agency).count())


KNOWN: Final[Mapping[str, Callable[[Agency], str]]] = {
    PrefillSource.AGENCY_NAME: lambda agency: agency.name,
    PrefillSource.AGENCY_TYPE: lambda agency: str(agency.type),
    PrefillSource.AGENCY_CODE: lambda agency: agency.key,
    PrefillSource.PARENT_NAME: _parent_name,
    PrefillSource.PROVINCE_NAME: _province_name,
    PrefillSource.COMMUNES: _communes,
    PrefillSource.UNITS_BELOW: _units_below,
}


@lru_cache(maxsize=256)
def _sources(form: Form) -> tuple[tuple[str, str], ...]:
    return tuple(
        (element.name, element.parameters["prefill"])
        for element in form.definition.elements()
        if isinstance(element, Question)
        and "prefill" in element.parameters
        and form.owner(element.name) is None
    )


@lru_cache(maxsize=256)
def below_figures(form: Form) -> tuple[BelowFigure, ...]:
    """The cells of figures with ``prefill=sum_below`` or ``mean_below``, in the order of the form.

    The units below are asked under the same name, or under that of the parameter ``below``. The
    cells of a table's column stand in its rows; those of repeats are never filled in.
    """
    found = []
    for element in form.definition.elements():
        if not isinstance(element, Question) or element.kind not in FIGURES:
            continue
        how = element.parameters.get("prefill", "")
        if how not in set(Below):
            continue
        source = element.parameters.get("below") or element.name
        for path, below in _cells(form, element, source):
            found.append(BelowFigure(path, below, Below(how), element.kind))
    return tuple(found)


def _cells(form: Form, question: Question, source: str) -> list[tuple[str, str]]:
    owner = form.owner(question.name)
    if owner is None:
        return [(question.name, source)]
    if not isinstance(owner, Table):
        return []
    start = [f"{owner.name}/{row}" for row in form.row_codes(owner.name)]
    return [(f"{row}/{question.name}", f"{row}/{source}") for row in start]
