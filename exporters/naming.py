"""Names of columns as statistics programs take them."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Final

UNSAFE: Final = re.compile(r"[^A-Za-z0-9_]+")
LEGAL: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
LETTERS: Final = str.maketrans({"đ": "d", "Đ": "D"})


def legal_names(names: Sequence[str], *, most: int, reserved: Collection[str]) -> list[str]:
    """A name for each: ASCII letters, figures and ``_``, beginning with a letter, at most ``most`` long.

    Names that are already so stay as they are. All differ by more than case, and from the
    ``reserved`` ones (given in small letters); what would collide ends in a number.
    """
    taken = set(reserved)
    made = [""] * len(names)
    # Names that are legal as they are come first: no other column may take them away.
    order = sorted(range(len(names)), key=lambda place: _plain(names[place], most) != names[place])
    for place in order:
        plain = _plain(names[place], most)
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            ending = f"_{number}"
            name = plain[: most - len(ending)] + ending
        taken.add(name.casefold())
        made[place] = name
    return made


def cut(text: str, *, characters: int | None = None, size: int | None = None) -> str:
    """``text`` with at most so many characters or bytes (UTF-8), an ellipsis where something is gone.

    Lone surrogates and NUL, which no file can hold, become U+FFFD.
    """
    sound = (
        text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")
    )
    if characters is not None and len(sound) > characters:
        sound = sound[: characters - 1] + "…"
    if size is not None and len(sound.encode()) > size:
        sound = sound.encode()[: size - len("…".encode())].decode(errors="ignore") + "…"
    return sound


def _plain(name: str, most: int) -> str:
    if LEGAL.fullmatch(name):
        return name[:most]
    parts = unicodedata.normalize("NFD", name.translate(LETTERS))
    bare = "".join(each for each in parts if not unicodedata.combining(each))
    plain = UNSAFE.sub("_", bare).rstrip("_") or "v"
    return (plain if plain[0].isalpha() else f"v{plain}" if plain[0] == "_" else f"v_{plain}")[
        :most
    ]
