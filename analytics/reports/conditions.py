"""What the next level takes, in sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.definitions import IndexDefinition
from analytics.reports.figures import plain
from surveys.engine import text_in
from surveys.templatetags.ks import vn_percent

COMPARISONS: Final = {
    ">": gettext_lazy("over %(needed)s"),
    ">=": gettext_lazy("at least %(needed)s"),
    "<": gettext_lazy("below %(needed)s"),
    "<=": gettext_lazy("at most %(needed)s"),
}


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition in words; what the unit has stands in it."""

    text: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class NextLevel:
    """The next level and what it takes; no lines at the top."""

    name: str
    lines: tuple[ConditionLine, ...]

    @property
    def missing(self) -> int:
        """How many conditions are not met."""
        return sum(not each.is_met for each in self.lines)


def next_level(
    data: Mapping[str, Any],
    definition: IndexDefinition,
    names: Mapping[str, str],
    language: str,
) -> NextLevel | None:
    """What the root's next level takes; None without levels, and at the top."""
    root = definition.tree.code
    conditions = data.get("conditions", {}).get(root, [])
    if not conditions:
        return None
    level = conditions[0]["level"]
    bands = [
        band
        for scheme in definition.levels
        if root in scheme.nodes
        for band in scheme.bands
        if band.level == level
    ]
    name = text_in(bands[0].name, language) if bands else ""
    ratios = {code for scheme in definition.levels for code in scheme.maximum}
    lines = tuple(_line(each, names, is_share=root in ratios) for each in conditions)
    return NextLevel(name or str(level), lines)


def _line(each: Mapping[str, Any], names: Mapping[str, str], *, is_share: bool) -> ConditionLine:
    node = names.get(each["nodes"][0], each["nodes"][0])
    written = _percent if each["kind"] == "from" and is_share else plain
    value = each.get("value")
    words = {
        "node": node,
        "level": each.get("reached"),
        "has": written(value) if value is not None else _("nothing"),
        "needed": written(each["needed"]),
        "total": len(each["nodes"]),
    }
    match each["kind"]:
        case "level":
            text = _("%(node)s at level %(level)s or above, now %(has)s") % words
        case "count":
            text = (
                _("At least %(needed)s of %(total)s parts at level %(level)s, now %(has)s") % words
            )
        case _:
            needed = str(COMPARISONS.get(each["compare"], COMPARISONS[">="])) % words
            text = _("%(node)s: %(needed)s, now %(has)s") % (words | {"needed": needed})
    return ConditionLine(text, bool(each.get("met")))


def _percent(value: float) -> str:
    return vn_percent(value * 100)
