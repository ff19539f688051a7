"""The one gate that every aggregated output passes. Loads scipy: import it inside a task only."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from analytics.gate.enums import Audience, Identity, Refusal
from analytics.gate.models import DisclosurePolicy, ReleasedSet, ReleasedTable
from analytics.gate.packing import pack, unpack
from analytics.gate.queries import policy_of, released_to, sees_everything
from analytics.gate.services import Entry, LogHasGrown, log_release
from analytics.methods.disclosure import (
    NOTHING,
    CannotBeProtected,
    Dominance,
    Earlier,
    Policy,
    Protected,
    Table,
    TablesDisagree,
    protect,
)
from analytics.methods.disclosure.differencing import UnitSet, difference
from analytics.methods.disclosure.rounding import rounded
from surveys.campaigns.models import Round

if TYPE_CHECKING:
    from surveys.organisations.models import User

_TRIES: Final = 5
_WHOLE_PERCENT_BELOW: Final = 100
"""Of fewer respondents, percentages have no decimals: with them, small counts can be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFor:
    """What somebody wants to see.

    ``what`` names what is counted ("question:staff"; several joined by ``JOINED``): only tables with a
    name in common, directly or through others, are held against each other. ``units``: the answers that count, by the ids of their signed revisions, so that a changed
    answer is another unit. ``groups``: the same for the groups of respondents that the table shows
    side by side, by the key of the cell that counts them. ``filters``: what was chosen, for the log.
    ``data``: the state of the answers (a hash), which tables with the same keys share.
    """

    what: str
    units: Collection[int]
    groups: Mapping[str, Collection[int]] = field(default_factory=dict)
    filters: Mapping[str, Any] = field(default_factory=dict)
    data: str = ""
    actor: "User | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """What may be shown.

    ``figures`` by key, None where hidden, alike for all that are; empty where everything is refused
    (``refusal``). ``base`` is the number of respondents as it may be shown. ``decimals`` is how many
    decimals percentages may have (None: any). ``is_protected``: rules were applied.
    """

    figures: Mapping[str, float | None]
    base: int | None
    decimals: int | None = None
    hidden: int = 0
    refusal: Refusal | None = None
    is_protected: bool = True
    release: ReleasedTable | None = None

    def value(self, key: str) -> float | None:
        """The figure of that key; None where it is hidden or everything is refused."""
        return self.figures[key] if self.refusal is None else None


def protect_for(
    round_: Round,
    audience: Audience,
    tables: Sequence[Table],
    asked: AskedFor,
    *,
    at: datetime,
) -> Released:
    """Protect tables of a round for an audience, hold them against what it has seen, and log them.

    Department staff who may see every answer get the figures as they are, and no line in the log; so
    does everybody where organisations are public bodies known by name and no persons are counted.
    For everybody else the round's policy hides cells (all tables as one system with what the audience
    has seen of the same answers), and a table whose units differ from those of an earlier one in a
    few is refused as a whole; refusals are logged too. Nothing is raised for a refusal.
    """
    policy = policy_of(round_)
    if sees_everything(audience, round_) or _needs_nothing(policy, tables):
        figures = protect(tables, NOTHING).shown()
        return Released(figures=figures, base=len(set(asked.units)), is_protected=False)
    for _attempt in range(_TRIES):
        newest = _newest(round_)
        entry, protected = _decided(round_, audience, tables, asked, policy)
        try:
            line = log_release(round_, entry, newest=newest, actor=asked.actor, at=at)
        except LogHasGrown:
            continue
        return _released(line, entry, protected, policy, asked)
    raise LogHasGrown(round_.code)


def rules_of(policy: DisclosurePolicy) -> Policy:
    """The policy for the methods. Of public bodies, only persons within them are protected."""
    if policy.identity == Identity.PUBLISHED:
        return Policy(minimum=1, minimum_people=policy.minimum_people, p=None)
    dominance: tuple[Dominance, ...] = ()
    if policy.dominance_n is not None and policy.dominance_k is not None:
        dominance = (Dominance(policy.dominance_n, policy.dominance_k),)
    return Policy(
        minimum=policy.minimum,
        minimum_people=policy.minimum_people,
        zeros=policy.zeros,
        groups=policy.groups,
        dominance=dominance,
        p=policy.p,
    )


def _decided(
    round_: Round,
    audience: Audience,
    tables: Sequence[Table],
    asked: AskedFor,
    policy: DisclosurePolicy,
) -> tuple[Entry, Protected | None]:
    """What the log will say, and the tables if they may be shown."""
    rules, units = rules_of(policy), UnitSet.of(asked.units)
    seen = released_to(round_, audience, what=asked.what)
    entry = Entry(
        audience=audience,
        what=asked.what,
        filters=dict(asked.filters),
        data=asked.data,
        policy=_noted(policy),
        units=units,
    )
    if 0 < len(units) < rules.minimum:
        return replace(entry, refusal=Refusal.TOO_FEW), None
    try:
        protected = protect(tables, rules, earlier=_earlier(seen, asked.data))
    except (CannotBeProtected, TablesDisagree):
        # They disagree where what an agency is has changed since, and its answers have not.
        return replace(entry, refusal=Refusal.UNPROTECTABLE), None
    groups = tuple(
        found
        for key, members in asked.groups.items()
        if key not in protected.hidden and len(found := UnitSet.of(members)) >= rules.minimum
    )
    if _tells_by_difference(seen, units, groups, rules.minimum):
        return replace(entry, refusal=Refusal.DIFFERENCE), None
    shown = protected.shown()
    done = replace(
        entry,
        groups=groups,
        cells=len(shown),
        hidden=sum(value is None for value in shown.values()),
        content=pack(protected.tables, protected.hidden),
    )
    return done, protected


def _earlier(seen: Any, data: str) -> Earlier:
    """What was shown of the same answers, every state of a table once."""
    found: dict[bytes, Earlier] = {}
    for packed in seen.filter(data=data).values_list("content", flat=True):
        found.setdefault(bytes(packed), unpack(bytes(packed)))
    tables = tuple(table for one in found.values() for table in one.tables)
    hidden = frozenset(key for one in found.values() for key in one.hidden)
    return Earlier(tables, hidden)


def _tells_by_difference(
    seen: Any, units: UnitSet, groups: Sequence[UnitSet], minimum: int
) -> bool:
    """Whether the units of the table or of a group in it, beside earlier ones, tell of a few.

    Groups are not held against tables over the same units: these are one system with the new one.
    """
    rows = ReleasedSet.objects.filter(release__in=seen.values("pk")).values_list(
        "unit_hash", "packed", "release__unit_hash"
    )
    every: dict[str, UnitSet] = {}
    others: dict[str, UnitSet] = {}
    for unit_hash, packed, base in rows:
        known = every.get(unit_hash) or UnitSet.unpacked(bytes(packed))
        every[unit_hash] = known
        if base != units.hash:
            others[unit_hash] = known
    if difference(units, list(every.values()), minimum=minimum) is not None:
        return True
    shown = list(others.values())
    return any(difference(group, shown, minimum=minimum) is not None for group in groups)


def _released(
    line: ReleasedTable,
    entry: Entry,
    protected: Protected | None,
    policy: DisclosurePolicy,
    asked: AskedFor,
) -> Released:
    number = len(entry.units)
    decimals = 0 if number < _WHOLE_PERCENT_BELOW else None
    if protected is None:
        return Released(figures={}, base=None, refusal=entry.refusal, release=line)
    is_published = policy.identity == Identity.PUBLISHED
    base = policy.base_rounding if asked.filters and not is_published else 1
    return Released(
        figures=protected.shown(),
        base=int(rounded(number, base)),
        decimals=None if is_published else decimals,
        hidden=entry.hidden,
        release=line,
    )


def _needs_nothing(policy: DisclosurePolicy, tables: Sequence[Table]) -> bool:
    counts_people = any(cell.people is not None for table in tables for cell in table.cells)
    return policy.identity == Identity.PUBLISHED and not counts_people


def _newest(round_: Round) -> int:
    lines = ReleasedTable.objects.filter(round=round_).order_by("-pk")
    return lines.values_list("pk", flat=True).first() or 0


def _noted(policy: DisclosurePolicy) -> dict[str, Any]:
    names = ("identity", "minimum", "minimum_people", "base_rounding", "groups", "zeros")
    return {name: getattr(policy, name) for name in names} | {
        "p": policy.p is not None,
        "dominance": policy.dominance_n is not None,
    }
