"""Tables of a data set as programs ask for them, read strictly."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from analytics.api.tables import FilterSerializer
from analytics.explorer.asking import MOST_FILTERS, Scope
from exporters.portal.enums import Measure
from exporters.portal.tabling.wanted import MOST_ROWS, Wanted, read_address
from surveys.machines.api.problems import Unprocessable
from surveys.machines.api.serializers import StrictSerializer

LENGTH: Final = 200
PLACES: Final[Mapping[str, str]] = {"in": "filters", "m": "measure"}
"""What a parameter of the builder's address is called in a body."""
WISH: Final[Mapping[str, Any]] = {
    "rows": ["type"],
    "cols": "question.co_chien_luoc",
    "filters": [],
    "measure": "count",
}


class TableWishSerializer(StrictSerializer):
    """What stands in the rows (the outer first), the columns and the layers, by the codes of the round's
    dimensions; which agencies are counted; what the cells say, and of which number."""

    rows = serializers.ListField(
        child=serializers.CharField(max_length=LENGTH), min_length=1, max_length=MOST_ROWS
    )
    cols = serializers.CharField(max_length=LENGTH, required=False, allow_blank=True)
    layer = serializers.CharField(max_length=LENGTH, required=False, allow_blank=True)
    filters = FilterSerializer(many=True, required=False, max_length=MOST_FILTERS)  # type: ignore[call-arg]  # of lists
    measure = serializers.ChoiceField(Measure.choices, required=False)
    of = serializers.CharField(
        max_length=LENGTH,
        required=False,
        allow_blank=True,
        help_text=_("The question for a number, of means and sums."),
    )


def wanted_of(told: Mapping[str, Any], scope: Scope, *place: str) -> Wanted:
    """The table of a body. Raises Unprocessable with what cannot be followed, below ``place``."""
    words = {
        "rows": list(told["rows"]),
        "in": [f"{f['dimension']}:{v}" for f in told.get("filters", ()) for v in f["values"]],
        **{
            short: [told[name]]
            for short, name in (
                ("cols", "cols"),
                ("layer", "layer"),
                ("m", "measure"),
                ("of", "of"),
            )
            if told.get(name)
        },
    }
    reading = read_address(words, scope)
    if reading.wanted is not None:
        return reading.wanted
    problems: dict[str, Any] = {}
    for each in reading.problems:
        said = f"{each.value}: {each.reason}" if each.value else str(each.reason)
        name = PLACES.get(each.parameter, each.parameter)
        problems.setdefault(name, []).append(ErrorDetail(said, "invalid"))
    for name in reversed(place):
        problems = {name: problems}
    raise Unprocessable(problems)
