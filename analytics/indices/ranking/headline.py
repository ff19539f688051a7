"""What a ranking says, in one sentence made of its figures."""

from collections.abc import Sequence
from statistics import median
from typing import Final

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.indices.ranking.standings import Standing, in_order
from surveys.templatetags.ks import vn_number

NAMED: Final = 3
"""So many may be named in a heading."""

WITH_A_MIDDLE: Final = 9
"""Fewer units have no middle that a sentence could speak of."""


def headline(units: Sequence[Standing], digits: int) -> str:
    """Who leads, and how far ranks vary in the middle, as far as that is known."""
    ranked = [unit for unit in in_order(units) if unit.rank is not None and unit.score is not None]
    if not ranked:
        return _("No unit has a rank yet")
    if len(ranked) == 1:
        only = ranked[0]
        return _("%(name)s has %(score)s points, the only unit with a rank") % {
            "name": only.name,
            "score": vn_number(only.score, digits),
        }
    if all(unit.rank == 1 for unit in ranked):
        return _("All %(number)s units have the same score") % {"number": len(ranked)}
    parts = [_who_leads(ranked)]
    width = middle_width(ranked)
    if width == 0:
        parts.append(_("in the middle of the table, ranks do not vary"))
    elif width is not None:
        parts.append(
            ngettext(
                "in the middle of the table, a rank varies by about %(number)s place",
                "in the middle of the table, a rank varies by about %(number)s places",
                width,
            )
            % {"number": width}
        )
    return "; ".join(parts)


def middle_width(ranked: Sequence[Standing]) -> int | None:
    """The median width of the rank intervals in the middle third; None where there are none."""
    third = len(ranked) // 3
    if len(ranked) < WITH_A_MIDDLE:
        return None
    places = [unit.places for unit in ranked[third : len(ranked) - third]]
    widths = [worst - best for found in places if found for best, worst in [found]]
    return round(median(widths)) if widths else None


def _who_leads(ranked: Sequence[Standing]) -> str:
    first = [unit for unit in ranked if unit.rank == 1]
    if len(first) > NAMED:
        return _("%(number)s units share the first place") % {"number": len(first)}
    if len(first) > 1:
        return _("%(names)s share the first place") % {"names": _listed(first)}
    # Whoever comes out first in one of twenty runs leads too: the figures do not tell them apart.
    able = [unit for unit in ranked if unit.places and unit.places[0] == 1]
    if len(able) > NAMED:
        return _("%(name)s leads, and %(number)s units can be first") % {
            "name": first[0].name,
            "number": len(able),
        }
    others = [unit for unit in able if unit != first[0]]
    if others and able == ranked[: len(able)]:
        return _("%(names)s lead") % {"names": _listed(able)}
    if others:
        return _("%(name)s leads, and %(others)s can be first too") % {
            "name": first[0].name,
            "others": _listed(others),
        }
    return _("%(name)s leads") % {"name": first[0].name}


def _listed(units: Sequence[Standing]) -> str:
    return get_text_list([unit.name for unit in units], _("and"))
