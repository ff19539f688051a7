"""What is looked at, by whom, and where its parts lead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from analytics.explorer.asking import Asking, Dimension, query_of
from analytics.explorer.enums import Share
from analytics.explorer.items import Item
from analytics.explorer.showing.figures import NOTHING, Cell, hidden_cell, percent
from surveys.engine import text_in


@dataclass(frozen=True, slots=True)
class Shown:
    """A question in a language; ``address`` is the explorer's, "" on paper."""

    item: Item
    asking: Asking
    language: str
    address: str = ""
    share: Share = Share.ROW
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """A name that can be part of an element's id."""
        return self.item.name.replace(".", "-")

    def choice(self, code: str) -> str:
        """The words of one of its choices; an answer that is none stands as it is."""
        for choice in self.item.choices:
            if choice.name == code:
                return text_in(choice.label, self.language) or code
        return code

    def agency(self, told: Mapping[str, Any]) -> str:
        """An agency's name."""
        return str((told["name_en"] if self.language == "en" else "") or told["name"])

    def url_of(self, name: str) -> str:
        """The address of another question."""
        return f"{self.address}?{query_of(Asking(name))}" if self.address else ""

    def interval_cell(self, told: Mapping[str, Any]) -> Cell:
        """From the lower to the upper bound of a share."""
        if told.get("hidden"):
            return hidden_cell()
        if told["low"] is None:
            return Cell(NOTHING)
        return Cell(
            _("%(low)s to %(high)s") % {"low": percent(told["low"]), "high": percent(told["high"])}
        )
