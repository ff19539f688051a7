"""What a unit had in the round before, and why that cannot be compared where it cannot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.definitions import IndexDefinition
from analytics.indices.documents import read_document
from analytics.indices.models import IndexRun
from analytics.indices.pages import named
from analytics.indices.ranking.standings import run_before, scores_of
from analytics.methods.trends.breaks import Break, BreakKind, definition_breaks

SHOWN: Final = 8

WORDS: Final[Mapping[BreakKind, Promise]] = {
    BreakKind.INDICATOR_ADDED: _("New indicator"),
    BreakKind.INDICATOR_DROPPED: _("Indicator no longer there"),
    BreakKind.MOVED: _("Stands at another place of the tree"),
    BreakKind.MEASURED_OTHERWISE: _("Measured in another way"),
    BreakKind.DIRECTION: _("Another direction"),
    BreakKind.GOALPOSTS: _("Other goalposts"),
    BreakKind.NORMALISATION: _("Normalised in another way"),
    BreakKind.RELATIVE: _("Measured against the other units, not against fixed goalposts"),
    BreakKind.MISSING: _("Missing values treated in another way"),
    BreakKind.TREATMENT: _("Outliers treated in another way"),
    BreakKind.WEIGHTS: _("Other weights"),
    BreakKind.AGGREGATION: _("Aggregated in another way"),
    BreakKind.SCALE: _("Another scale"),
}
"""Why scores of two rounds do not compare. Levels and units that come and go leave scores as they are."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Why the series breaks: words, and of what."""

    text: str
    names: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Before:
    """The run of the round before, None where there is none; ``broken``: why it does not compare."""

    run: IndexRun | None = None
    scores: Mapping[str, float | None] = field(default_factory=dict)
    broken: tuple[Broken, ...] = ()

    @property
    def compares(self) -> bool:
        """Whether changes are shown."""
        return self.run is not None and not self.broken

    def change(self, key: str, score: float | None) -> float | None:
        """The change of a unit's score; None where there is nothing to compare."""
        earlier = self.scores.get(key) if self.compares else None
        return None if earlier is None or score is None else score - earlier


def before_of(run: IndexRun, definition: IndexDefinition, language: str) -> Before:
    """What to compare a run with; three queries at most."""
    earlier = run_before(run)
    if earlier is None:
        return Before()
    was = (
        definition
        if earlier.version.sha256 == run.version.sha256
        else read_document(earlier.version.definition)
    )
    breaks = [each for each in definition_breaks(was, definition) if each.kind in WORDS]
    if breaks:
        names = named(was, language) | named(definition, language)
        return Before(earlier, broken=_by_kind(breaks, names))
    return Before(earlier, scores_of(earlier))


def _by_kind(breaks: list[Break], names: Mapping[str, str]) -> tuple[Broken, ...]:
    kinds = dict.fromkeys(each.kind for each in breaks)
    found = []
    for kind in kinds:
        held = [names.get(each.code, each.code) for each in breaks if each.kind is kind]
        shown = tuple(dict.fromkeys(name for name in held if name))
        found.append(Broken(str(WORDS[kind]), shown[:SHOWN], max(0, len(shown) - SHOWN)))
    return tuple(found)
