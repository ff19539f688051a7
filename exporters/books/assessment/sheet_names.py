"""Names that Excel takes for sheets."""

from typing import Final

LONGEST_NAME: Final = 31
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that no other sheet has, whatever its capitals; it is noted. One that is too long ends with a
    whole word and an ellipsis."""
    plain = " ".join(wanted.translate(_FORBIDDEN).split()) or "-"
    name, number = _cut(plain, LONGEST_NAME), 1
    while name.casefold() in taken:
        number += 1
        mark = f" ({number})"
        name = _cut(plain, LONGEST_NAME - len(mark)) + mark
    taken.add(name.casefold())
    return name


def _cut(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    whole, _, _ = text[:room].rpartition(" ")
    return (whole or text[: room - 1]).rstrip(" ,;.-") + "…"
