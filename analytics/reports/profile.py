"""The profile of one unit of a run: what its page and its PDF say, as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

from analytics.definitions import IndexDefinition
from analytics.gate.queries import policy_of
from analytics.indices.cells import State
from analytics.indices.models import IndexRun, IndexRunUnit
from analytics.indices.pages import named
from analytics.indices.ranking.scene import Pillar, Scene
from analytics.indices.words import STATES, reason_in_words
from analytics.reports.conditions import NextLevel, next_level
from analytics.reports.figures import Strip, against, plain
from analytics.reports.history import Earlier, history_of
from analytics.reports.marks import Mark, apart, marks_of
from analytics.reports.sight import Quartiles, Sight
from surveys.engine import text_in
from surveys.organisations.enums import AgencyType
from surveys.templatetags.ks import vn_number

MOST_AXES: Final = 8
FEWEST_AXES: Final = 3


@dataclass(frozen=True, slots=True)
class PillarRow:
    """A pillar beside its peers; ``why`` where there is no score."""

    code: str
    name: str
    score: float | None
    peers: Quartiles
    strip: Strip
    why: str = ""

    @property
    def difference(self) -> float | None:
        """From the median; None where either is not there."""
        median = self.peers.median
        return None if self.score is None or median is None else self.score - median


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator: the value as measured, the median of the peers, the place, the target; ``gap`` with its
    sign: below 0 is short of the target."""

    code: str
    name: str
    unit: str
    value: str
    median: str
    strip: Strip
    target: str
    gap: str
    note: str


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A strength or weakness in words."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many indicators have a value of the unit's own, of how many that apply."""

    own: int
    imputed: int
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Everything that a profile says. ``peer_words`` names the peers ("34 provinces")."""

    unit: IndexRunUnit
    name: str
    headline: str
    peer_words: str
    digits: int
    top: float
    score_low: float | None
    score_high: float | None
    ranked: int
    level_name: str
    coverage: Coverage
    pillars: tuple[PillarRow, ...]
    pillar_statement: str
    has_radar: bool
    radar_top: float
    indicators: tuple[IndicatorRow, ...]
    strengths: tuple[MarkLine, ...]
    weaknesses: tuple[MarkLine, ...]
    next_level: NextLevel | None
    history: tuple[Earlier, ...]
    change: float | None
    rank_before: str
    why: str
    has_peers: bool
    method: str

    @property
    def rank_range(self) -> str:
        """The 90 % interval of the rank; blank where nothing was simulated."""
        low, high = self.unit.rank_low, self.unit.rank_high
        if low is None or high is None:
            return ""
        return f"{int(low)}\N{EN DASH}{-int(-high // 1)}"


@dataclass(frozen=True, slots=True)
class Reading:
    """For whom a profile is made: ``with_values`` shows values as measured, from which answers can be
    told; ``published_only`` compares with what was published."""

    language: str
    with_values: bool = True
    published_only: bool = False


def profile_of(run: IndexRun, unit: IndexRunUnit, reading: Reading) -> Profile:
    """The profile of a unit. Of its peers, quantiles only, and these only over enough of them."""
    scene = Scene(run, {}, reading.language)
    maker = _Maker(scene, unit, Sight.of(policy_of(run.round)), reading)
    history = history_of(
        run, unit, language=reading.language, published_only=reading.published_only
    )
    return maker.profile(tuple(history))


class _Maker:
    """Puts what a run keeps of a unit, and of its type, into rows and words."""

    def __init__(self, scene: Scene, unit: IndexRunUnit, sight: Sight, reading: Reading) -> None:
        self.scene, self.unit, self.sight, self.reading = scene, unit, sight, reading
        self.definition: IndexDefinition = scene.definition
        self.data: Mapping[str, Any] = unit.data
        self.leaves: Mapping[str, Mapping[str, Any]] = unit.data.get("leaves", {})
        self.names = named(scene.definition, reading.language)
        self.peers: Mapping[str, Any] = scene.run.summary.get("peers", {}).get(unit.type, {})

    def profile(self, history: tuple[Earlier, ...]) -> Profile:
        """All of it."""
        unit, root = self.unit, self.scene.root
        pillars = tuple(self._pillar(each) for each in self.scene.pillars)
        low, high = self._interval()
        before = [each for each in history if not each.is_own]
        last = before[-1] if before else None
        held = self.data.get("nodes", {}).get(root, {})
        compares = last is not None and last.compares
        spans = {self.scene.shades.span(each.code) for each in pillars}
        return Profile(
            unit=unit,
            name=unit.localised_name,
            headline=self._headline(pillars),
            peer_words=self._peer_words(),
            digits=self.scene.digits,
            top=self.scene.shades.span(root)[1],
            score_low=low,
            score_high=high,
            ranked=self._ranked(),
            level_name=self._level_name(held),
            coverage=self._coverage(),
            pillars=pillars,
            pillar_statement=self._statement(pillars),
            has_radar=FEWEST_AXES <= len(pillars) <= MOST_AXES
            and len(spans) == 1
            and next(iter(spans))[0] == 0,
            radar_top=next(iter(spans))[1] if spans else 100.0,
            indicators=tuple(self._indicator(code) for code in self.leaves)
            if self.reading.with_values
            else (),
            strengths=self._marks(strengths=True),
            weaknesses=self._marks(strengths=False),
            next_level=next_level(self.data, self.definition, self.names, self.reading.language),
            history=history,
            change=_difference(unit.score, last.score) if last and compares else None,
            rank_before=last.rank_label if last and compares else "",
            why=reason_in_words(held) if unit.score is None else "",
            has_peers=bool(self.peers),
            method=f"{self.scene.method} {self.scene.run.get_scores_display()}.",
        )

    def _pillar(self, pillar: Pillar) -> PillarRow:
        held, score = pillar.held(self.data), pillar.score(self.data)
        part = "leaves" if pillar.is_leaf else "nodes"
        peers = self.sight.shown(self.peers.get(part, {}).get(pillar.code))
        span = self.scene.shades.span(pillar.code)
        why = reason_in_words(held) if score is None else ""
        return PillarRow(pillar.code, pillar.name, score, peers, Strip.of(score, peers, span), why)

    def _indicator(self, code: str) -> IndicatorRow:
        held, gap = self.leaves[code], self.data.get("gaps", {}).get(code, {})
        indicator = self.definition.by_code().get(code)
        raw = self.sight.shown(self.peers.get("raw", {}).get(code))
        placed = self.sight.shown(self.peers.get("leaves", {}).get(code))
        span = self.scene.shades.span(code)
        return IndicatorRow(
            code=code,
            name=self.names.get(code, code),
            unit=text_in(indicator.unit, self.reading.language) if indicator else "",
            value=plain(held.get("value")),
            median=plain(raw.median),
            strip=Strip.of(held.get("normalised"), placed, span),
            target=plain(gap.get("target")),
            gap=against(gap.get("gap")),
            note=_note(held),
        )

    def _marks(self, *, strengths: bool) -> tuple[MarkLine, ...]:
        if not self.peers:
            return ()
        # Below that many, the place of one tells of the others.
        marks = marks_of(self.leaves, fewest=self.sight.minimum)
        return tuple(
            self._mark(each) for each in (marks.strengths if strengths else marks.weaknesses)
        )

    def _mark(self, mark: Mark) -> MarkLine:
        name, held = self.names.get(mark.code, mark.code), self.leaves[mark.code]
        place = _("place %(rank)d of %(of)d") % {"rank": mark.rank, "of": mark.of}
        if not self.reading.with_values:
            return MarkLine(name, place)
        indicator = self.definition.by_code().get(mark.code)
        unit = text_in(indicator.unit, self.reading.language) if indicator else ""
        return MarkLine(name, f"{plain(held.get('value'))} {unit}".strip() + f"; {place}")

    def _interval(self) -> tuple[float | None, float | None]:
        spread = (self.data.get("uncertainty") or {}).get("score") or {}
        return spread.get("q05"), spread.get("q95")

    def _level_name(self, held: Mapping[str, Any]) -> str:
        """The name of the level; blank where it says the number only."""
        name = text_in(held.get("level_name") or {}, self.reading.language)
        return "" if str(self.unit.level) in name.split() else name

    def _ranked(self) -> int:
        others = IndexRunUnit.objects.filter(run=self.unit.run_id, block=self.unit.block)
        return others.filter(rank__isnull=False).count()

    def _coverage(self) -> Coverage:
        states = [held.get("state", "") for held in self.leaves.values()]
        asked = [
            held
            for held, state in zip(self.leaves.values(), states, strict=True)
            if state != State.NOT_APPLICABLE and held.get("reason") != "NOT_APPLICABLE"
        ]
        imputed = sum("imputed" in held for held in asked)
        own = sum(held.get("value") is not None and "imputed" not in held for held in asked)
        return Coverage(own, imputed, len(asked))

    def _peer_words(self) -> str:
        number, kind = self.peers.get("units", 0), self.unit.type
        label = str(dict(AgencyType.choices).get(kind, "")).lower()
        if not number:
            return ""
        if not label:
            return vn_number(number)
        return _("%(number)s of type %(kind)s") % {"number": vn_number(number), "kind": label}

    def _headline(self, pillars: Sequence[PillarRow]) -> str:
        name = self.unit.localised_name
        if self.unit.score is None:
            return _("%(name)s has no score") % {"name": name}
        above, below = apart({each.code: each.difference for each in pillars})
        words = {"name": name, "strong": self._listed(above), "weak": self._listed(below)}
        if above and below:
            return _("%(name)s is strong in %(strong)s, weak in %(weak)s") % words
        if above:
            return _("%(name)s is above the median of its peers, most in %(strong)s") % words
        if below:
            return _("%(name)s is below the median of its peers, most in %(weak)s") % words
        score = vn_number(self.unit.score, self.scene.digits)
        return _("%(name)s has %(score)s points") % {"name": name, "score": score}

    def _listed(self, codes: Sequence[str]) -> str:
        found = [self.names.get(code, code) for code in codes]
        small = [f"{name[:1].lower()}{name[1:]}" for name in found]
        word = _("and")
        if any(f" {word} " in name for name in small):
            return ", ".join(small)
        return get_text_list(small, word)

    def _statement(self, pillars: Sequence[PillarRow]) -> str:
        known = [each.difference for each in pillars if each.difference is not None]
        if not known:
            return capfirst(_("scores by pillar"))
        return _("Above the median in %(above)d of %(all)d pillars") % {
            "above": sum(each > 0 for each in known),
            "all": len(known),
        }


def _note(held: Mapping[str, Any]) -> str:
    if held.get("imputed"):
        return _("filled in, not answered")
    state = held.get("state")
    if held.get("value") is None and state in set(State) and state != State.ANSWERED:
        return str(STATES[State(state)])
    return reason_in_words(held) if held.get("reason") else ""


def _difference(score: float | None, earlier: float | None) -> float | None:
    return None if score is None or earlier is None else score - earlier
