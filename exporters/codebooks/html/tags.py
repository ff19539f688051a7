"""HTML of which no text can become markup: every text is escaped when it is put into an element."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Final

from exporters.codebooks.characters import writable

_VOID: Final = frozenset({"meta"})


@dataclass(frozen=True, slots=True)
class Html:
    """Markup that was made here."""

    text: str


Content = str | Html | Iterable["Content"] | None


def tag(name: str, /, *content: Content, **attributes: str) -> Html:
    """An element. Attributes without a value are left out; ``class_`` and the like end without ``_``."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_escaped(value)}"'
        for key, value in attributes.items()
        if value
    )
    if name in _VOID:
        return Html(f"<{name}{told}>")
    return Html(f"<{name}{told}>{rendered(content)}</{name}>")


def rendered(content: Content) -> str:
    """The markup of a content: texts escaped, elements as they are."""
    match content:
        case None:
            return ""
        case str():
            return _escaped(content)
        case Html(text=text):
            return text
        case _:
            return "".join(rendered(each) for each in content)


def _escaped(text: str) -> str:
    return escape(writable(text), quote=True)
