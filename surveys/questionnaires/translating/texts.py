"""Every text of a questionnaire, with its place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from surveys.definitions.editing import ROOT, Sort
from surveys.definitions.editing.nodes import sort_of, walk
from surveys.definitions.editing.operations import Data
from surveys.engine import (
    Definition,
    Element,
    Form,
    Group,
    Indicator,
    Question,
    Repeat,
    Table,
    Texts,
)
from surveys.engine import walk as walk_elements

MESSAGES: Final = ("constraint_message", "warning_message")
FIELDS: Final[Mapping[Sort, tuple[str, ...]]] = {
    Sort.ROOT: ("title",),
    Sort.GROUP: ("label", "hint"),
    Sort.REPEAT: ("label", "hint"),
    Sort.TABLE: ("label", "hint", *MESSAGES),
    Sort.QUESTION: ("label", "hint", "guidance", "unit", "required_message", *MESSAGES),
    Sort.LIST: (),
    Sort.CHOICE: ("label",),
    Sort.INDICATOR: ("label", "unit"),
}
"""The fields that hold a text by language."""

_KEPT: Final = 8
"""Forms whose texts are kept between requests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text in all its languages, and where it stands.

    ``kind`` is what ``surveys.questionnaires.translating.words`` has words for: the sort of its node,
    or ``section`` and ``column``. ``at`` is the node that the builder shows it at, "" where it shows
    it nowhere; ``sections`` are those in which it is read.
    """

    uid: str
    field: str
    kind: str
    name: str
    number: str
    texts: Texts
    at: str
    sections: tuple[str, ...]

    @property
    def key(self) -> str:
        """What no other text of the questionnaire has, whatever is renamed or moved."""
        return f"{self.uid}.{self.field}"

    def in_language(self, language: str) -> str:
        """The text in the language; "" where there is none."""
        return self.texts.get(language, "")

    def is_missing(self, language: str) -> bool:
        """Whether it stands in some language and not in this one."""
        return not self.texts.get(language, "").strip()


def stored_texts(document: Data) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """The uid, the field and the texts by language of each text in a definition's JSON."""
    for node in walk(document):
        sort = Sort.ROOT if "schema" in node else sort_of(node)
        uid = ROOT if sort is Sort.ROOT else str(node["uid"])
        for field in FIELDS[sort]:
            texts = node.get(field) or {}
            if _says_something(texts):
                yield uid, field, texts


@lru_cache(maxsize=_KEPT)
def texts_of(form: Form) -> tuple[Text, ...]:
    """All texts that say anything in any language: title, elements, choices, indicators."""
    definition = form.definition
    read_in = _sections(form)
    root = _Spot(uid=ROOT, kind=Sort.ROOT, name=definition.code, at=ROOT)
    found = list(_texts_at(root, Sort.ROOT, definition))
    kinds = _kinds(definition)
    for element in definition.elements():
        # What the engine adds for "other" is no node of the draft.
        if not element.uid:
            continue
        sort = _SORTS[type(element)]
        spot = _Spot(
            uid=element.uid,
            kind=kinds.get(element.uid, sort),
            name=element.name,
            number="" if isinstance(element, Group) else element.number,
            at=element.uid,
            sections=read_in.get(element.uid, ()),
        )
        found += _texts_at(spot, sort, element)
    found += _choice_texts(definition, read_in)
    for indicator in definition.indicators:
        spot = _Spot(uid=indicator.uid, kind=Sort.INDICATOR, name=indicator.code)
        found += _texts_at(spot, Sort.INDICATOR, indicator)
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def texts_by_source(form: Form, language: str) -> Mapping[str, tuple[Text, ...]]:
    """The texts by what they say in that language, but for outer blanks; those that say nothing left out."""
    found: dict[str, list[Text]] = defaultdict(list)
    for text in texts_of(form):
        if not text.is_missing(language):
            found[text.in_language(language).strip()].append(text)
    return {said: tuple(texts) for said, texts in found.items()}


_SORTS: Final[Mapping[type, Sort]] = {
    Question: Sort.QUESTION,
    Group: Sort.GROUP,
    Repeat: Sort.REPEAT,
    Table: Sort.TABLE,
}


def _kinds(definition: Definition) -> Mapping[str, str]:
    """The elements that are called otherwise than their sort."""
    sections = {each.uid: "section" for each in definition.children if isinstance(each, Group)}
    tables = [each for each in definition.elements() if isinstance(each, Table)]
    return sections | {column.uid: "column" for table in tables for column in table.columns}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """Where a node's texts stand."""

    uid: str
    kind: str
    name: str
    number: str = ""
    at: str = ""
    sections: tuple[str, ...] = ()


def _texts_at(spot: _Spot, sort: Sort, node: Element | Definition | Indicator) -> Iterator[Text]:
    for field in FIELDS[sort]:
        texts: Texts = getattr(node, field)
        if _says_something(texts):
            yield Text(
                uid=spot.uid,
                field=field,
                kind=spot.kind,
                name=spot.name,
                number=spot.number,
                texts=texts,
                at=spot.at,
                sections=spot.sections,
            )


def _choice_texts(definition: Definition, read_in: Mapping[str, tuple[str, ...]]) -> Iterator[Text]:
    users = _users(definition)
    for name, entries in definition.lists.items():
        used_by = users.get(name, ())
        sections = tuple(dict.fromkeys(each for uid in used_by for each in read_in.get(uid, ())))
        for choice in entries.choices:
            if _says_something(choice.label):
                yield Text(
                    uid=choice.uid,
                    field="label",
                    kind=Sort.CHOICE.value,
                    name=f"{name} · {choice.name}",
                    number="",
                    texts=choice.label,
                    at=used_by[0] if used_by else "",
                    sections=sections,
                )


def _users(definition: Definition) -> Mapping[str, tuple[str, ...]]:
    """The elements that use each list, by its name."""
    found: dict[str, list[str]] = defaultdict(list)
    for element in definition.elements():
        if isinstance(element, Question):
            found[element.list_name].append(element.uid)
        elif isinstance(element, Table):
            found[element.row_list].append(element.uid)
    return {name: tuple(uids) for name, uids in found.items()}


def _sections(form: Form) -> Mapping[str, tuple[str, ...]]:
    """The section of each element by uid, its own group among them."""
    found: dict[str, tuple[str, ...]] = {}
    for section in form.sections:
        for element in walk_elements(section.elements):
            found[element.uid] = (section.name,)
        if section.name in form.parts:
            found[form.parts[section.name].element.uid] = (section.name,)
    return found


def _says_something(texts: Mapping[str, str]) -> bool:
    return any(text.strip() for text in texts.values())


def blank_in(texts: Iterable[Text], language: str) -> int:
    """How many of the texts are missing in the language."""
    return sum(text.is_missing(language) for text in texts)
