"""Names that an edit gives to elements."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from surveys.definitions.editing import Add, Change, Operation
from surveys.definitions.editing.nodes import walk
from surveys.definitions.editing.operations import Data
from surveys.engine.structure import MAX_NAME_LENGTH, NAME
from surveys.questionnaires.edit_words import EditRefusal


def check_new_names(before: Data, after: Data, done: Iterable[Operation]) -> None:
    """Raises EditRefusal for a name that no element can have, and for one that becomes another's.

    Pages are addressed by names, so what is stored has to be fit whoever sent it; two people may
    take the same name at the same moment. What was there before may stay until somebody mends it.
    """
    if not any(isinstance(each, Add) or _renames(each) for each in done):
        return
    known = Counter(str(node["name"]) for node in _elements(before))
    found = Counter[str]()
    for node in _elements(after):
        name, uid = str(node["name"]), str(node["uid"])
        found[name] += 1
        if found[name] > max(1, known[name]):
            told = _("Another element is called “%(name)s”.") % {"name": name}
            raise EditRefusal(told, node=uid)
        if name not in known:
            _check_shape(name, uid)


def _renames(operation: Operation) -> bool:
    return isinstance(operation, Change) and operation.field == "name"


def _elements(document: Data) -> Iterable[Data]:
    return (node for node in walk(document) if "element" in node)


def _check_shape(name: str, uid: str) -> None:
    if NAME.fullmatch(name) is None:
        raise EditRefusal(
            _("A name begins with a letter; letters, digits, _, - and . follow, no blanks."),
            node=uid,
        )
    if len(name) > MAX_NAME_LENGTH:
        told = _("A name has at most %(length)s characters.") % {"length": MAX_NAME_LENGTH}
        raise EditRefusal(told, node=uid)
