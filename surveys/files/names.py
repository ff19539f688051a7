"""The name that a file came with: kept as text for people, never used as a path."""

import re
import unicodedata
from typing import Final

MOST_CHARACTERS: Final = 200
MOST_EXTENSION: Final = 10
NAMELESS: Final = "file"

# Marks that turn the direction of writing make "fdp.exe" of "exe.pdf"; the rest cannot be shown.
_UNSHOWABLE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def clean_name(given: str) -> str:
    """The last part of the name as people read it: composed letters, at most 200 characters.

    Of a longer name the beginning and the extension stay.
    """
    last = re.split(r"[/\\]", given)[-1]
    name = unicodedata.normalize("NFC", _UNSHOWABLE.sub("", last)).strip().strip(".")
    if not name:
        return NAMELESS
    if len(name) <= MOST_CHARACTERS:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > MOST_EXTENSION:
        return f"{name[: MOST_CHARACTERS - 1]}…"
    room = MOST_CHARACTERS - len(extension) - 2
    return f"{stem[:room]}….{extension}"


def extensions(name: str) -> tuple[str, ...]:
    """Everything behind a dot, in small letters; the last one is what a system goes by."""
    return tuple(part.strip().casefold() for part in name.split(".")[1:])
