"""A question put to some agencies, with what it is divided and filtered by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np  # noqa: TID253  (imported by task bodies only)

from analytics.explorer.asking import Asking
from analytics.explorer.compute.crossing import Division
from analytics.explorer.items import Item
from analytics.gate.queries import JOINED
from analytics.methods.descriptive import Answers
from analytics.methods.disclosure import cell_key

ANSWERED: Final = "@answered"
ABSENT: Final = "@absent"
NOWHERE: Final = "@nowhere"
SOMEWHERE: Final = "@somewhere"
TICKED: Final = "ticked"
LEFT: Final = "left"


@dataclass(frozen=True, slots=True)
class Told:
    """Another question by whose answers agencies are divided or chosen, over the rows of the case.

    Who gave an answer is a secret as much as what else they answered. So the other question is an axis
    of the table, with the keys that it has where it is asked about itself, and never a filter.
    """

    item: Item
    answers: Answers


@dataclass(frozen=True, slots=True)
class Case:
    """A question put to some rows: their answers, what they are divided by, and the keys of what the
    agencies signed. The rows are those that the filters by properties of agencies let through.

    ``told``: the other questions that divide or choose them, by dimension.
    """

    item: Item
    asking: Asking
    answers: Answers
    revisions: Sequence[int]
    divisions: Sequence[Division] = ()
    told: Mapping[str, Told] = field(default_factory=dict)
    data: str = ""

    @property
    def within(self) -> dict[str, str]:
        """The filters by what agencies are, as a part of every key."""
        return {
            each.dimension: ",".join(each.values)
            for each in self.asking.filters
            if each.dimension not in self.told
        }

    @property
    def chosen(self) -> dict[str, str]:
        """The filters by what agencies answered to other questions, as categories of their axes."""
        held: dict[str, str] = {}
        for each in self.asking.filters:
            if each.dimension not in self.told:
                continue
            name = self.axis_name(each.dimension)
            if self.told[each.dimension].item.is_multiple:
                held[f"{name}={each.values[0]}"] = TICKED
            else:
                held[name] = ",".join(each.values)
        return held

    def left_in(self, dimension: str, codes: Iterable[str]) -> tuple[str, ...]:
        """The values of a property that the filters leave: of the others they tell by themselves that
        nobody is there."""
        chosen = [set(each.values) for each in self.asking.filters if each.dimension == dimension]
        return tuple(code for code in codes if all(code in values for values in chosen))

    def leaves_nobody(self, conditions: Mapping[str, str]) -> bool:
        """Whether the filters leave no agency in a place, whatever the agencies answered."""
        return any(
            name in self.within and not self.left_in(name, [code])
            for name, code in conditions.items()
        )

    @property
    def what(self) -> str:
        """The questions whose answers the table counts."""
        names = {self.item.name, *(each.item.name for each in self.told.values())}
        return JOINED.join(f"question:{name}" for name in sorted(names))

    def axis_name(self, dimension: str) -> str:
        """What the axis of a dimension is called."""
        return self.told[dimension].item.name if dimension in self.told else dimension

    def key(self, conditions: Mapping[str, str] | None = None, measure: str = "n") -> str:
        """The key of a figure of this question."""
        return cell_key({**self.within, **self.chosen, **(conditions or {})}, measure=measure)

    @property
    def values(self) -> list[Any]:
        """The answers by row; None where there is none that counts."""
        return values_of(self.answers)


def values_of(answers: Answers) -> list[Any]:
    """The answers by row; None where there is none that counts."""
    asked = answers.asked
    put = np.ones(len(answers.column), dtype=bool) if asked is None else asked
    return [
        value if kept and value is not None and value not in answers.missing else None
        for value, kept in zip(answers.column, put, strict=True)
    ]
