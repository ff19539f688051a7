"""One translation for all texts that say the same."""

from collections import defaultdict
from collections.abc import Iterator

from surveys.definitions.editing import Change
from surveys.definitions.editing.operations import Data
from surveys.questionnaires.translating.texts import stored_texts


def spread(document: Data, key: str, source: str, target: str) -> Iterator[Change]:
    """The changes that give the translation of one text to those with the same source that lack one.

    ``key`` is the text's uid and field with a point between them; nothing where it has none.
    """
    texts = {f"{uid}.{field}": said for uid, field, said in stored_texts(document)}
    model = texts.get(key, {})
    said, wanted = model.get(source, "").strip(), model.get(target, "")
    if not said or not wanted.strip():
        return
    for uid, field, each in stored_texts(document):
        current = each.get(target, "")
        if each.get(source, "").strip() == said and not current.strip():
            yield Change(uid, f"{field}.{target}", current, wanted)


def take_known(document: Data, source: str, target: str) -> Iterator[Change]:
    """The changes that fill what is missing and translated elsewhere, everywhere in the same way."""
    known: dict[str, set[str]] = defaultdict(set)
    for _uid, _field, each in stored_texts(document):
        if each.get(target, "").strip():
            known[each.get(source, "").strip()].add(each[target])
    for uid, field, each in stored_texts(document):
        current, said = each.get(target, ""), each.get(source, "").strip()
        ways = known.get(said, set())
        if said and not current.strip() and len(ways) == 1:
            yield Change(uid, f"{field}.{target}", current, next(iter(ways)))
