"""What table is wanted, read strictly from an address and written back into one.

``?rows=type&cols=question.a2_model&in=type:province&m=row``. A parameter that means nothing gives a
problem with its place, never an error and never a guess. A table is one asking of the explorer: equal
tables in another arrangement are the same asking, computed and released once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from analytics.explorer.asking import Asking, Filter, Problem, Scope, read_filters
from analytics.explorer.enums import ItemKind
from analytics.explorer.items import Item
from analytics.explorer.queries import QUESTION
from exporters.portal.enums import OF_NUMBERS, Measure

MOST_ROWS: Final = 2
MOST_AXES: Final = 3
"""What the gate protects together."""
KNOWN: Final = ("rows", "cols", "layer", "in", "m", "of", "lang")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A table: what stands in its rows (the outer first), columns and layers, by the explorer's codes of
    dimensions; the filters; what its cells say, and of which number."""

    rows: tuple[str, ...]
    cols: str = ""
    layer: str = ""
    filters: tuple[Filter, ...] = ()
    measure: Measure = Measure.COUNT
    of: str = ""

    @property
    def near(self) -> tuple[str, ...]:
        """The one or two dimensions that percentages are taken within: the inner rows, and the columns
        (where there are none, the outer rows, else the layers)."""
        inner = self.rows[-1:]
        if self.cols:
            return (*inner, self.cols)
        beside = self.rows[:-1] or ((self.layer,) if self.layer else ())
        return (*inner, *beside)

    @property
    def far(self) -> str:
        """What the table is repeated for: the outer rows or the layers; "" for one block."""
        left = [each for each in self.axes if each not in self.near]
        return left[0] if left else ""

    @property
    def axes(self) -> tuple[str, ...]:
        """All dimensions, each once."""
        return tuple(filter(None, (*self.rows, self.cols, self.layer)))

    def query(self, **changes: Any) -> str:
        """The query that leads to the table with changes; what is left out by default is left out."""
        wanted = replace(self, **changes)
        pairs = [("rows", each) for each in wanted.rows]
        pairs += [
            (name, code) for name, code in (("cols", wanted.cols), ("layer", wanted.layer)) if code
        ]
        pairs += [
            ("in", f"{each.dimension}:{value}") for each in wanted.filters for value in each.values
        ]
        if wanted.measure is not Measure.COUNT:
            pairs.append(("m", wanted.measure.value))
        if wanted.of:
            pairs.append(("of", wanted.of))
        return urlencode(pairs, safe=":")

    def as_json(self) -> dict[str, Any]:
        """As an order of a file holds it."""
        return {
            "rows": list(self.rows),
            "cols": self.cols,
            "layer": self.layer,
            "filters": [[each.dimension, list(each.values)] for each in self.filters],
            "measure": self.measure.value,
            "of": self.of,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Wanted":
        """As it was ordered. Raises KeyError or ValueError for what is no table."""
        return cls(
            rows=tuple(stored["rows"]),
            cols=stored["cols"],
            layer=stored["layer"],
            filters=tuple(Filter(name, tuple(values)) for name, values in stored["filters"]),
            measure=Measure(stored["measure"]),
            of=stored["of"],
        )


def told(options: Mapping[str, Any], _language: str) -> str:
    """Which table was ordered, in a list of files: its dimensions by the names of their variables."""
    if "table" not in options:
        return ""
    axes = Wanted.from_json(options["table"]).axes
    return " \N{MULTIPLICATION SIGN} ".join(code.removeprefix(QUESTION) for code in axes)


@dataclass(frozen=True, slots=True)
class Reading:
    """An address as it was understood. ``wanted`` is None where nothing is asked, or a problem stands
    in the way; ``given`` is what stands in the controls all the same."""

    wanted: Wanted | None
    given: Wanted
    problems: tuple[Problem, ...] = field(default=())


def read_address(given: Mapping[str, Sequence[str]], scope: Scope) -> Reading:
    """Read the parameters of an address, each with all its values. Blank ones count as not given."""
    values = {
        name: [text.strip() for text in texts if text.strip()] for name, texts in given.items()
    }
    problems = [
        Problem(name, "", _("There is no such parameter.")) for name in values if name not in KNOWN
    ]
    wanted = Wanted(
        rows=tuple(
            dict.fromkeys(
                _dimension("rows", text, scope, problems) for text in values.get("rows", [])
            )
        ),
        cols=_single("cols", values, scope, problems),
        layer=_single("layer", values, scope, problems),
        filters=read_filters(values.get("in", []), scope, problems),
        measure=_measure(values.get("m", []), problems),
        of=_number(values.get("of", []), scope, problems),
    )
    if values.keys() & {"rows", "cols", "layer", "of"} and not problems:
        problems += _unfit(wanted, scope)
    asks = bool(wanted.rows) and not problems
    return Reading(wanted if asks else None, wanted, tuple(problems))


def asking_of(wanted: Wanted, scope: Scope) -> Asking:
    """The explorer's question whose result has every figure of the table. Raises KeyError where the
    table does not fit the scope."""
    if wanted.measure in OF_NUMBERS:
        by = [*wanted.near, *([wanted.far] if wanted.far else [])]
        return Asking(scope.items[wanted.of].name, tuple(by), wanted.filters)
    question = _question(wanted, scope)
    beside = [code for code in wanted.near if code != f"{QUESTION}{question.name}"]
    by = [*beside, *([wanted.far] if wanted.far else [])]
    return Asking(question.name, tuple(by), wanted.filters)


def _question(wanted: Wanted, scope: Scope) -> Item:
    """Which of the near dimensions is the question: one with several choices, which cannot divide; else
    always the same one, however the table is turned."""
    items = _questions(wanted.near, scope)
    if not items:
        raise KeyError(wanted.near)
    return min(items, key=lambda each: (not each.is_multiple, each.name))


def _questions(codes: Sequence[str], scope: Scope) -> list[Item]:
    return [scope.items[code.removeprefix(QUESTION)] for code in codes if code.startswith(QUESTION)]


def _dimension(name: str, text: str, scope: Scope, problems: list[Problem]) -> str:
    if text not in scope.dimensions:
        problems.append(Problem(name, text[:200], _("There is no such dimension.")))
    return text


def _single(
    name: str, values: Mapping[str, Sequence[str]], scope: Scope, problems: list[Problem]
) -> str:
    texts = values.get(name, [])
    if len(texts) > 1:
        problems.append(Problem(name, ", ".join(texts)[:200], _("One at a time.")))
    return _dimension(name, texts[0], scope, problems) if texts else ""


def _measure(texts: Sequence[str], problems: list[Problem]) -> Measure:
    if not texts:
        return Measure.COUNT
    if len(texts) == 1 and texts[0] in Measure.values:
        return Measure(texts[0])
    problems.append(
        Problem("m", ", ".join(texts)[:200], _("It is count, row, column, mean or sum."))
    )
    return Measure.COUNT


def _number(texts: Sequence[str], scope: Scope, problems: list[Problem]) -> str:
    if not texts:
        return ""
    item = scope.items.get(texts[0]) if len(texts) == 1 else None
    if item is None or item.kind is not ItemKind.NUMBER:
        problems.append(Problem("of", ", ".join(texts)[:200], _("It is no question for a number.")))
    return texts[0]


def _unfit(wanted: Wanted, scope: Scope) -> list[Problem]:
    """Why parts that are known each make no table together; the first reason is enough."""
    axes, is_of_numbers = wanted.axes, wanted.measure in OF_NUMBERS
    most = MOST_AXES - 1 if is_of_numbers else MOST_AXES
    every = ", ".join(axes)[:200]
    reasons = [
        (not wanted.rows, "rows", "", _("Choose what stands in the rows.")),
        (len(wanted.rows) > MOST_ROWS, "rows", every, _("Two at most.")),
        (len(set(axes)) < len(axes), "rows", every, _("Each can stand in one place only.")),
        (
            len(axes) > most,
            "rows",
            every,
            _("Too many at a time: three together, two for means and sums."),
        ),
        (is_of_numbers and not wanted.of, "of", "", _("Choose a question for a number.")),
        (
            not is_of_numbers and not _questions(wanted.near, scope),
            "rows",
            every,
            _("Put a question into rows or columns."),
        ),
    ]
    return [Problem(name, value, why) for is_so, name, value, why in reasons if is_so][:1]
