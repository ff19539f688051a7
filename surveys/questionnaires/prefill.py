"""What is known of an agency before it is asked: itself, and what the units below it answered."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from surveys.engine import Document, Form, Kind, Question, Table
from surveys.organisations.models import Agency

FIGURES: Final = frozenset({Kind.INTEGER, Kind.DECIMAL})


class Below(StrEnum):
    """How the answers of lower units become one figure: the values of the parameter ``prefill``."""

    SUM = "sum_below"
    MEAN = "mean_below"


@dataclass(frozen=True, slots=True)
class BelowFigure:
    """A cell that is filled in from below: its path, and the path at which the units answer."""

    path: str
    source: str
    how: Below
    kind: Kind


def known_answers(form: Form, agency: Agency) -> Document:
    """The answers of questions with the parameter ``prefill=agency_name`` or ``agency_type``.

    Questions inside repeats and tables are never filled in.
    """
    known = {"agency_name": agency.name, "agency_type": agency.type}
    return {name: known[source] for name, source in _sources(form) if source in known}


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
