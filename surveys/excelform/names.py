"""What the sheets of a workbook may be called."""

import re
from typing import Final

MAX_NAME: Final = 31
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def sheet_name(title: str, taken: set[str]) -> str:
    """A name for a sheet, unlike those in ``taken`` whatever their case, and added to them.

    At most 31 characters, cut at a word; none of ``[]:*?/\\`` in it.
    """
    clean = " ".join(_FORBIDDEN.sub(" ", title).split()).strip("' ") or "_"
    number, name = 1, _cut(clean, MAX_NAME)
    while name.casefold() in taken or name.casefold() == "history":
        number += 1
        name = f"{_cut(clean, MAX_NAME - len(f' {number}'))} {number}"
    taken.add(name.casefold())
    return name


def _cut(text: str, most: int) -> str:
    # Programs count the halves of letters beyond the first 65,536.
    while len(text.encode("utf-16-le")) // 2 > most:
        shorter = text[:-1]
        text = shorter.rsplit(" ", 1)[0] if " " in shorter[most // 2 :] else shorter
        text = text.rstrip(" ,.;:('")
    return text
