"""The types of the language and the values that carry them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from surveys.engine.model import ChoiceList

if TYPE_CHECKING:
    from surveys.engine.expressions.tables import LookupTable

Scalar = Decimal | str | bool | date | datetime | time | tuple[str, ...]
Value = Scalar | None
"""``None`` is blank. Several choices are a tuple of codes; an empty text or tuple never occurs."""


class Type(StrEnum):
    """What a value is known to be before anything is answered."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATETIME = "dateTime"
    CHOICE = "choice"
    CHOICES = "choices"
    BLANK = "blank"
    ANY = "any"


class Holder(StrEnum):
    """What kind of element a name stands for."""

    QUESTION = "question"
    GROUP = "group"
    REPEAT = "repeat"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Name:
    """What an expression must know of a name. ``owner`` is the repeat or table around it,
    ``has_other`` whether it takes "other" besides its list.
    """

    name: str
    type: Type
    holder: Holder = Holder.QUESTION
    owner: str = ""
    list_name: str = ""
    has_other: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """Everything an expression may refer to."""

    by_name: Mapping[str, Name]
    lists: Mapping[str, ChoiceList]
    tables: Mapping[str, "LookupTable"]
    default_language: str = "vi"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands.

    ``dot`` is the type of ``.`` (None: there is none); ``list_name`` the list whose columns bare
    names are; ``is_open`` reads cells of the own row even where they are closed.
    """

    owner: str = ""
    dot: Type | None = None
    name: str = ""
    list_name: str | None = None
    is_open: bool = False
