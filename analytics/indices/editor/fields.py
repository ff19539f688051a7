"""One field of the editor: where it stands in the document, how it is shown, how it is read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, Protocol

from django.utils.translation import get_language

from analytics.indices.editor.places import Place, name_of, put, value_at

MOST_CHARACTERS: Final = 2_000
NEARLY: Final = 1e-9


class Kind(StrEnum):
    """How a value is typed."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    PAIR = "pair"
    CHOICE = "choice"
    MANY = "many"
    LIST = "list"
    CHECK = "check"


class Sent(Protocol):
    """What a browser sent: the last value of a name, or all."""

    def get(self, name: str, default: Any = None, /) -> Any:
        """The last value."""

    def getlist(self, name: str, /) -> list[Any]:
        """All values."""

    def __contains__(self, name: object, /) -> bool:
        """Whether anything of the name was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a draft. ``stored`` is what the document says, also where it is wrong.

    Leaving a field that ``clears`` empty takes away everything that stands beside it.
    """

    place: Place
    label: str
    kind: Kind = Kind.TEXT
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    stored: Any = None
    problem: str = ""
    theirs: str = ""
    clears: bool = False
    is_ratio: bool = False

    @property
    def name(self) -> str:
        """The name in forms: the JSON path, so that a finding leads to its field."""
        return name_of(self.place)

    @property
    def shown(self) -> str:
        """The stored value as it is typed."""
        return ratio(self.stored) if self.is_ratio else written(self.stored)

    @property
    def ends(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Names and values of the two ends of a pair."""
        ends = self.stored if isinstance(self.stored, list) else []
        low, high = [*ends, None, None][:2]
        return (f"{self.name}[0]", written(low)), (f"{self.name}[1]", written(high))

    @property
    def chosen(self) -> frozenset[str]:
        """The values that are ticked."""
        values = self.stored if isinstance(self.stored, list) else [self.stored]
        return frozenset(str(value) for value in values if value is not None)

    def read(self, sent: Sent) -> Any:
        """The value that was sent; text that is no figure stays as it is, and is found wrong later."""
        match self.kind:
            case Kind.NUMBER:
                return number(sent.get(self.name, ""))
            case Kind.PAIR:
                ends = [number(sent.get(f"{self.name}[{end}]", "")) for end in (0, 1)]
                return None if ends == [None, None] else ["" if e is None else e for e in ends]
            case Kind.MANY:
                return sent.getlist(self.name) or None
            case Kind.LIST:
                words = str(sent.get(self.name, "")).replace("\n", ",").replace(";", ",")
                return [word.strip() for word in words.split(",") if word.strip()] or None
            case Kind.CHECK:
                return self.name in sent
            case _:
                text = str(sent.get(self.name, ""))[:MOST_CHARACTERS]
                return text.replace("\r\n", "\n").strip() or None


def filled(fields: Iterable[Field], document: Mapping[str, Any]) -> list[Field]:
    """The fields with what the document says."""
    return [
        replace(field, stored=value_at(document, field.place, field.stored)) for field in fields
    ]


def take(fields: Sequence[Field], sent: Sent, document: dict[str, Any]) -> None:
    """Write what was sent into the document, field by field; nothing below what was taken away."""
    cleared: list[Place] = []
    for field in fields:
        if any(field.place[: len(place)] == place for place in cleared):
            continue
        value = field.read(sent)
        is_cleared = field.clears and value is None
        if is_cleared:
            cleared.append(field.place[:-1])
        put(document, field.place[:-1] if is_cleared else field.place, value)


def number(text: Any) -> Any:
    """The figure that a text says, with a decimal comma or point, or as "1/3"; None if it is empty.

    What is no figure comes back as it was typed.
    """
    word = str(text).strip().replace("\u00a0", "")
    if not word:
        return None
    plain = word.replace(",", ".") if word.count(",") == 1 and "." not in word else word
    above, _, below = plain.partition("/")
    try:
        if below:
            return float(above) / float(below)
        return int(plain) if plain.lstrip("+-").isdigit() and len(plain) < 16 else float(plain)
    except (ValueError, ZeroDivisionError):
        return word


def written(value: Any) -> str:
    """A value as people write it in their language; a figure with the language's decimal mark."""
    text = typed(value)
    is_part = isinstance(value, float) and not value.is_integer()
    return text.replace(".", ",") if is_part and get_language() == "vi" else text


def ratio(value: Any) -> str:
    """A comparison as people write it: below one as the inverse of a whole number, where it is one."""
    if isinstance(value, float) and 0 < value < 1:
        inverse = round(1 / value)
        if abs(value * inverse - 1) < NEARLY:
            return f"1/{inverse}"
    return written(value)


def typed(value: Any) -> str:
    """A value as people type it; a list with commas between."""
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else ""
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case list():
            return ", ".join(typed(each) for each in value)
        case _:
            return str(value)
