"""Reads of agencies and people."""

from collections.abc import Iterable

from django.db.models import Q

from surveys.organisations.models import Agency, AgencyQuerySet
from surveys.organisations.rules import DEPARTMENT_KEY
from surveys.organisations.search import search_key

MAX_WORDS = 12


def department() -> Agency:
    """The national digital-transformation department, first owner of questionnaires."""
    return Agency.objects.get(key=DEPARTMENT_KEY)


def find_agencies(
    text: str, *, types: Iterable[str] | None = None, under: Agency | None = None
) -> AgencyQuerySet:
    """Existing agencies in whose names every word of the text begins a word, or with that code.

    Case, tones, đ/d and the placement of tones do not matter. An empty text finds all.
    """
    found = Agency.objects.select_related("parent")
    if types is not None:
        found = found.of_types(types)
    if under is not None:
        found = found.under(under)
    named = Q()
    for word in search_key(text).split()[:MAX_WORDS]:
        named &= Q(search_key__startswith=word) | Q(search_key__contains=f" {word}")
    code = text.strip()
    if code.isdigit():
        named |= Q(identifiers__value=code, identifiers__valid_to=None)
        return found.filter(named).distinct()
    return found.filter(named)
