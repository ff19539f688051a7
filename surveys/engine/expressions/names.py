"""What an expression must know of the names it may use, and of the place where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from surveys.engine.expressions.tables import LookupTable
from surveys.engine.expressions.types import Type
from surveys.engine.model import ChoiceList


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
    tables: Mapping[str, LookupTable]
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
