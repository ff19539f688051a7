"""The words of sentences: comparisons by what is compared, functions, joins."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from surveys.engine.expressions import Type
from surveys.engine.sentences import Comparison, Joined


class Family(StrEnum):
    """What is compared, as far as words go."""

    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


FAMILIES: Final[Mapping[Type, Family]] = {
    Type.CHOICE: Family.CHOICE,
    Type.CHOICES: Family.CHOICES,
    Type.NUMBER: Family.NUMBER,
    Type.DATE: Family.DATE,
    Type.DATETIME: Family.DATE,
    Type.TIME: Family.DATE,
}
"""The other types are spoken of as texts."""


COMPARISONS: Final[Mapping[Comparison, Promise]] = {
    Comparison.IS: pgettext_lazy("comparison", "is"),
    Comparison.IS_NOT: pgettext_lazy("comparison", "is not"),
    Comparison.ONE_OF: pgettext_lazy("comparison", "is one of"),
    Comparison.NONE_OF: pgettext_lazy("comparison", "is none of"),
    Comparison.INCLUDES: pgettext_lazy("comparison", "includes"),
    Comparison.INCLUDES_ALL: pgettext_lazy("comparison", "includes all of"),
    Comparison.INCLUDES_NONE: pgettext_lazy("comparison", "does not include"),
    Comparison.ABOVE: pgettext_lazy("comparison", "is greater than"),
    Comparison.BELOW: pgettext_lazy("comparison", "is less than"),
    Comparison.AT_LEAST: pgettext_lazy("comparison", "is at least"),
    Comparison.AT_MOST: pgettext_lazy("comparison", "is at most"),
    Comparison.BETWEEN: pgettext_lazy("comparison", "is between"),
    Comparison.CONTAINS: pgettext_lazy("comparison", "contains"),
    Comparison.STARTS_WITH: pgettext_lazy("comparison", "begins with"),
    Comparison.ENDS_WITH: pgettext_lazy("comparison", "ends with"),
    Comparison.MATCHES: pgettext_lazy("comparison", "matches the pattern"),
    Comparison.ANSWERED: pgettext_lazy("comparison", "is answered"),
    Comparison.BLANK: pgettext_lazy("comparison", "is not answered"),
}
SPECIAL: Final[Mapping[tuple[Family, Comparison], Promise]] = {
    (Family.NUMBER, Comparison.IS): pgettext_lazy("comparison", "equals"),
    (Family.NUMBER, Comparison.IS_NOT): pgettext_lazy("comparison", "differs from"),
    (Family.DATE, Comparison.ABOVE): pgettext_lazy("comparison", "is after"),
    (Family.DATE, Comparison.BELOW): pgettext_lazy("comparison", "is before"),
    (Family.DATE, Comparison.AT_LEAST): pgettext_lazy("comparison", "is on or after"),
    (Family.DATE, Comparison.AT_MOST): pgettext_lazy("comparison", "is on or before"),
    (Family.CHOICE, Comparison.INCLUDES): pgettext_lazy("comparison", "is"),
    (Family.CHOICE, Comparison.INCLUDES_NONE): pgettext_lazy("comparison", "is not"),
    (Family.CHOICES, Comparison.IS): pgettext_lazy("comparison", "is only"),
    (Family.CHOICES, Comparison.IS_NOT): pgettext_lazy("comparison", "is not only"),
}
SEVERAL: Final[Mapping[Comparison, Promise]] = {
    Comparison.INCLUDES: pgettext_lazy("comparison", "includes one of"),
    Comparison.INCLUDES_NONE: pgettext_lazy("comparison", "includes none of"),
}
"""With more than one value."""

ANSWERED: Final = (Comparison.ANSWERED, Comparison.BLANK)
ORDER: Final = (
    Comparison.ABOVE,
    Comparison.BELOW,
    Comparison.AT_LEAST,
    Comparison.AT_MOST,
    Comparison.BETWEEN,
)
OFFERED: Final[Mapping[Family, tuple[Comparison, ...]]] = {
    Family.CHOICE: (Comparison.IS, Comparison.IS_NOT, *ANSWERED),
    Family.CHOICES: (
        Comparison.INCLUDES,
        Comparison.INCLUDES_ALL,
        Comparison.INCLUDES_NONE,
        Comparison.IS,
        *ANSWERED,
    ),
    Family.NUMBER: (Comparison.IS, Comparison.IS_NOT, *ORDER, *ANSWERED),
    Family.DATE: (Comparison.IS, Comparison.IS_NOT, *ORDER, *ANSWERED),
    Family.TEXT: (
        Comparison.IS,
        Comparison.IS_NOT,
        Comparison.CONTAINS,
        Comparison.STARTS_WITH,
        Comparison.ENDS_WITH,
        Comparison.MATCHES,
        *ANSWERED,
    ),
}
"""Which comparisons can be chosen for what; "one of" follows from several values."""

SIGNS: Final[Mapping[str, Promise]] = {
    "+": pgettext_lazy("arithmetic", "plus"),
    "-": pgettext_lazy("arithmetic", "minus"),
    "*": pgettext_lazy("arithmetic", "times"),
    "div": pgettext_lazy("arithmetic", "divided by"),
    "mod": pgettext_lazy("arithmetic", "modulo"),
}
PREFIXES: Final[Mapping[str, Promise]] = {
    "abs": pgettext_lazy("arithmetic", "the size of"),
    "count": pgettext_lazy("arithmetic", "the number of rows of"),
    "count-non-empty": pgettext_lazy("arithmetic", "the number of answers to"),
    "count-selected": pgettext_lazy("arithmetic", "the number of choices in"),
    "date": pgettext_lazy("arithmetic", "the date"),
    "end-of-month": pgettext_lazy("arithmetic", "the end of the month of"),
    "int": pgettext_lazy("arithmetic", "the whole part of"),
    "max": pgettext_lazy("arithmetic", "the greatest of"),
    "mean": pgettext_lazy("arithmetic", "the mean of"),
    "min": pgettext_lazy("arithmetic", "the least of"),
    "missing-code": pgettext_lazy("arithmetic", "the missing code of"),
    "previous": pgettext_lazy("arithmetic", "last round's"),
    "round": pgettext_lazy("arithmetic", "rounded"),
    "string-length": pgettext_lazy("arithmetic", "the number of characters of"),
    "sum": pgettext_lazy("arithmetic", "the total of"),
}
"""Functions said before what they are taken of."""

INFIXES: Final[Mapping[str, Promise]] = {
    "add-months": pgettext_lazy("arithmetic", "later by the number of months"),
    "coalesce": pgettext_lazy("arithmetic", "or, if blank,"),
}
"""Functions said between their arguments."""

WORDS: Final[Mapping[str, Promise]] = {
    "now": pgettext_lazy("arithmetic", "now"),
    "position": pgettext_lazy("arithmetic", "the number of the row"),
    "row": pgettext_lazy("arithmetic", "the row"),
    "today": pgettext_lazy("arithmetic", "today"),
}
"""Functions that stand by themselves."""

UNSPOKEN: Final = frozenset({"number", "string"})
"""Functions that only say of what type a value is."""

JOINS: Final[Mapping[Joined, Promise]] = {
    Joined.ALL: pgettext_lazy("condition", "and"),
    Joined.ANY: pgettext_lazy("condition", "or"),
    Joined.NONE: pgettext_lazy("condition", "or"),
}


def words_of(comparison: Comparison, family: Family, values: int) -> str | Promise:
    """What a comparison is called between a subject of that family and so many values."""
    if values > 1 and family is Family.CHOICE and comparison is Comparison.INCLUDES:
        return COMPARISONS[Comparison.ONE_OF]
    if values > 1 and family is Family.CHOICE and comparison is Comparison.INCLUDES_NONE:
        return COMPARISONS[Comparison.NONE_OF]
    if values > 1 and comparison in SEVERAL:
        return SEVERAL[comparison]
    return SPECIAL.get((family, comparison), COMPARISONS[comparison])
