"""A condition as people say it: terms, joined by "all of", "any of" and "none of"."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from surveys.engine.expressions import Node


class Comparison(StrEnum):
    """How a subject and its values are compared. ``ONE_OF`` and the like take several values."""

    IS = "is"
    IS_NOT = "is_not"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    INCLUDES = "includes"
    INCLUDES_ALL = "includes_all"
    INCLUDES_NONE = "includes_none"
    ABOVE = "above"
    BELOW = "below"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"
    CONTAINS = "contains"
    STARTS_WITH = "starts_with"
    ENDS_WITH = "ends_with"
    MATCHES = "matches"
    ANSWERED = "answered"
    BLANK = "blank"


class Joined(StrEnum):
    """How the parts of a group make one condition."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Term:
    """One comparison. Subject and values are nodes of the expression language, all with ``at`` 0.

    ``ANSWERED`` and ``BLANK`` take no value, ``BETWEEN`` two (both ends count), ``ONE_OF``,
    ``NONE_OF`` and the three of inclusion at least one, all others exactly one.
    """

    subject: Node
    comparison: Comparison
    values: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions joined. Of no parts: "all" always holds, "any" never."""

    kind: Joined
    parts: tuple["Condition", ...] = ()


Condition = Term | Group

ALWAYS: Final = Group(Joined.ALL)
NEVER: Final = Group(Joined.ANY)
