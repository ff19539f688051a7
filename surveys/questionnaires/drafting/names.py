"""Names that nobody has yet."""

import re
from collections.abc import Iterable
from itertools import count

from surveys.definitions.editing import Sort, Tree

ELEMENTS = frozenset({Sort.QUESTION, Sort.GROUP, Sort.REPEAT, Sort.TABLE})


class Names:
    """The names of a draft's elements and lists; each name that is given out is taken."""

    def __init__(self, tree: Tree, *, taken: Iterable[str] = ()) -> None:
        self._elements = {name.casefold() for name in taken}
        self._lists: set[str] = set(tree.document.get("lists", {}))
        for uid in tree.uids():
            if tree.sort(uid) in ELEMENTS:
                self._elements.add(str(tree.node(uid).get("name", "")).casefold())

    def element(self, wanted: str) -> str:
        """``wanted`` for an element, with the first number that makes it nobody else's."""
        return self._take(wanted, self._elements)

    def list(self, wanted: str) -> str:
        """``wanted`` for a choice list, with the first number that makes it nobody else's."""
        return self._take(wanted, self._lists)

    @staticmethod
    def _take(wanted: str, taken: set[str]) -> str:
        name = first_free(wanted, taken)
        taken.add(name.casefold())
        return name


def first_free(wanted: str, taken: Iterable[str]) -> str:
    """``name``, else ``name_2``, ``name_3`` …; a number behind a low line counts on."""
    known = set(taken)
    if wanted.casefold() not in known:
        return wanted
    found = re.fullmatch(r"(.+)_(\d+)", wanted)
    stem, last = (found[1], int(found[2])) if found else (wanted, 1)
    numbers = count(last + 1)
    return next(name for n in numbers if (name := f"{stem}_{n}").casefold() not in known)
