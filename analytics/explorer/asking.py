"""What somebody asks of a round, read strictly from an address and written back into one.

The address is all there is: ``?q=a2_model&by=type&in=type:province&share=row&weighted=1``. A parameter that
means nothing gives a problem with its place, never an error and never a guess.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.explorer.enums import ItemKind, Share
from analytics.explorer.items import CROSSED, Item

MOST_DIMENSIONS: Final = 2
MOST_FILTERS: Final = 40
SHAPE: Final = 3
"""Raised when a stored result looks different for the same question: older ones are computed again."""
KNOWN: Final = ("q", "by", "in", "share", "weighted", "find", "lang")


@dataclass(frozen=True, slots=True)
class Dimension:
    """What answers may be divided by: a property of the agency, or the choices of a question.

    ``values`` are the codes with their words, in order. ``code`` is ``type``, ``province``, ``status``,
    ``attribute.<name>`` or ``question.<name>``. ``exclusive`` is False where an agency may stand in
    several values at once (several choices).
    """

    code: str
    label: str
    values: tuple[tuple[str, str], ...]
    exclusive: bool = True

    @property
    def words(self) -> dict[str, str]:
        """The word of each value."""
        return dict(self.values)


@dataclass(frozen=True, slots=True)
class Filter:
    """Only agencies that have one of the values in the dimension."""

    dimension: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """A question put to the answers; equal askings have equal results."""

    question: str
    by: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    weighted: bool = False

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "question": self.question,
            "by": list(self.by),
            "filters": [[each.dimension, list(each.values)] for each in self.filters],
            "weighted": self.weighted,
        }

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Asking":
        """The asking as it was stored."""
        return cls(
            question=stored["question"],
            by=tuple(stored["by"]),
            filters=tuple(Filter(name, tuple(values)) for name, values in stored["filters"]),
            weighted=stored["weighted"],
        )

    @property
    def digest(self) -> str:
        """SHA-256 of what is asked, in hexadecimal."""
        plain = json.dumps([SHAPE, self.as_json()], sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).hexdigest()

    @property
    def is_plain(self) -> bool:
        """Whether the whole round is asked for one question, as the report shows it."""
        return not (self.by or self.filters or self.weighted)


@dataclass(frozen=True, slots=True)
class Problem:
    """A parameter that cannot be followed: its name, what stood there, and why."""

    parameter: str
    value: str
    reason: str | Promise


@dataclass(frozen=True, slots=True)
class Scope:
    """What can be asked of a round: its items and dimensions by name; whether agencies have weights."""

    items: Mapping[str, Item]
    dimensions: Mapping[str, Dimension]
    has_weights: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """An address as it was understood. ``asking`` is None where there is a problem or no question."""

    asking: Asking | None
    share: Share = Share.ROW
    find: str = ""
    problems: tuple[Problem, ...] = field(default=())

    def query(self, **changes: Any) -> str:
        """The query of the address with other parts of the asking; ``share`` may be changed too."""
        assert self.asking is not None
        share = changes.pop("share", self.share)
        return query_of(replace(self.asking, **changes), share)


def query_of(asking: Asking, share: Share = Share.ROW) -> str:
    """The query that leads to an asking; what is left out by default is left out."""
    pairs = [("q", asking.question), *(("by", code) for code in asking.by)]
    pairs += [
        ("in", f"{each.dimension}:{value}") for each in asking.filters for value in each.values
    ]
    if share is not Share.ROW:
        pairs.append(("share", share.value))
    if asking.weighted:
        pairs.append(("weighted", "1"))
    return urlencode(pairs, safe=":")


def read_address(given: Mapping[str, Sequence[str]], scope: Scope) -> Reading:
    """Read the parameters of an address, each with all its values.

    Blank values are as if they were not there: a form sends them. Without ``q`` nothing is asked.
    """
    values = {
        name: [text.strip() for text in texts if text.strip()] for name, texts in given.items()
    }
    problems: list[Problem] = [
        Problem(name, "", _("There is no such parameter.")) for name in values if name not in KNOWN
    ]
    question = _question(values.get("q", []), scope, problems)
    by = _dimensions(values.get("by", []), question, scope, problems)
    filters = read_filters(values.get("in", []), scope, problems)
    share = _share(values.get("share", []), problems)
    weighted = _weighted(values.get("weighted", []), scope, problems)
    asking = Asking(question.name, by, filters, weighted) if question and not problems else None
    return Reading(asking, share, "".join(values.get("find", [])[:1])[:100], tuple(problems))


def _question(texts: Sequence[str], scope: Scope, problems: list[Problem]) -> Item | None:
    if len(texts) > 1:
        problems.append(Problem("q", ", ".join(texts)[:200], _("One question at a time.")))
        return None
    if not texts:
        return None
    found = scope.items.get(texts[0])
    if found is None:
        problems.append(Problem("q", texts[0][:200], _("This round asks no such question.")))
    return found


def _dimensions(
    codes: Iterable[str], question: Item | None, scope: Scope, problems: list[Problem]
) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(codes))
    for code in found:
        if code not in scope.dimensions:
            problems.append(Problem("by", code[:200], _("There is no such dimension.")))
        elif question and code == f"question.{question.name}":
            problems.append(Problem("by", code, _("A question cannot be crossed with itself.")))
    if len(found) > MOST_DIMENSIONS:
        problems.append(Problem("by", ", ".join(found)[:200], _("Two dimensions at most.")))
    if found and question and question.kind not in CROSSED:
        problems.append(Problem("by", found[0][:200], _NOT_CROSSED[_is_table(question)]))
    return found


_NOT_CROSSED: Final = {
    True: _("A whole table cannot be crossed. Choose one of its cells."),
    False: _("Answers of this kind cannot be crossed."),
}


def _is_table(question: Item) -> bool:
    return question.kind in {ItemKind.GRID, ItemKind.BATTERY}


def read_filters(texts: Sequence[str], scope: Scope, problems: list[Problem]) -> tuple[Filter, ...]:
    """The filters of an address ("type:province"), one for each dimension, in order; what cannot be
    followed is added to the problems."""
    found: dict[str, list[str]] = {}
    if len(texts) > MOST_FILTERS:
        problems.append(Problem("in", str(len(texts)), _("Too many filters.")))
        return ()
    for text in texts:
        code, _colon, value = text.partition(":")
        dimension = scope.dimensions.get(code)
        if dimension is None:
            problems.append(Problem("in", text[:200], _("There is no such dimension.")))
        elif value not in dimension.words:
            problems.append(Problem("in", text[:200], _("The dimension has no such value.")))
        else:
            found.setdefault(code, []).append(value)
    return tuple(Filter(code, tuple(sorted(set(values)))) for code, values in sorted(found.items()))


def _share(texts: Sequence[str], problems: list[Problem]) -> Share:
    if not texts:
        return Share.ROW
    if len(texts) == 1 and texts[0] in Share.values:
        return Share(texts[0])
    problems.append(Problem("share", ", ".join(texts)[:200], _("It is row, column or count.")))
    return Share.ROW


def _weighted(texts: Sequence[str], scope: Scope, problems: list[Problem]) -> bool:
    if texts in ([], ["0"]):
        return False
    if texts != ["1"]:
        problems.append(Problem("weighted", ", ".join(texts)[:200], _("It is 0 or 1.")))
    elif not scope.has_weights:
        problems.append(
            Problem("weighted", "1", _("Every agency was asked, so all weights are equal."))
        )
    return True
