"""Names that nobody has yet."""

import re
from collections.abc import Iterable
from itertools import count

from django.utils.translation import gettext as _

from surveys.definitions.editing import Sort, Tree
from surveys.engine.structure import MAX_NAME_LENGTH, NAME
from surveys.questionnaires.edit_words import EditRefusal

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


def is_element(tree: Tree, uid: str) -> bool:
    """Whether the uid is that of a question, group, repeat or table."""
    return uid in tree and tree.sort(uid) in ELEMENTS


def check_name(tree: Tree, uid: str, name: str) -> str:
    """The name, if an element or a list may have it. Raises EditRefusal."""
    if not name:
        raise EditRefusal(_("A name is needed."), node=uid)
    if tree.sort(uid) not in ELEMENTS:
        return _without_blank(uid, name)
    if NAME.fullmatch(name) is None:
        raise EditRefusal(
            _("A name begins with a letter; letters, digits, _, - and . follow, no blanks."),
            node=uid,
        )
    if len(name) > MAX_NAME_LENGTH:
        told = _("A name has at most %(length)s characters.") % {"length": MAX_NAME_LENGTH}
        raise EditRefusal(told, node=uid)
    for other in tree.uids():
        if other != uid and tree.sort(other) in ELEMENTS and tree.node(other).get("name") == name:
            told = _("Another element is called “%(name)s”.") % {"name": name}
            raise EditRefusal(told, node=uid)
    return name


def check_code(tree: Tree, uid: str, code: str) -> str:
    """The code, if a choice of the list may have it. Raises EditRefusal."""
    if not code:
        raise EditRefusal(_("A code is needed."), node=uid)
    _without_blank(uid, code)
    for other in tree.node(tree.place(uid).parent)["choices"]:
        if other["uid"] != uid and other["name"] == code:
            told = _("Another choice of the list has the code “%(code)s”.") % {"code": code}
            raise EditRefusal(told, node=uid)
    return code


def _without_blank(uid: str, name: str) -> str:
    if any(character.isspace() for character in name):
        raise EditRefusal(_("A code has no blanks."), node=uid)
    return name
