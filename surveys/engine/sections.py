"""Pages: each top-level group, repeat and table, and each run of loose questions between them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from surveys.engine.form import Section
from surveys.engine.model import Definition, Element, Group, Kind, Question, walk

UNSEEN: Final = {Kind.CALCULATE, Kind.HIDDEN}


def sections_of(definition: Definition) -> Iterator[Section]:
    """The pages in order. A run of questions that nobody sees makes no page."""
    taken = {element.name for element in definition.elements()}
    number = 0
    for is_loose, run in groupby(definition.children, lambda each: isinstance(each, Question)):
        elements = tuple(run)
        if is_loose:
            if all(_is_unseen(element) for element in elements):
                continue
            number += 1
            yield Section(_free_name(number, taken), {}, {}, "", elements)
            continue
        for element in elements:
            number += 1
            yield _page(element)


def home_sections(definition: Definition, sections: Iterable[Section]) -> dict[str, str]:
    """The page of every element; unseen loose questions belong to the page before, else after."""
    pages = list(sections)
    homes: dict[str, str] = {}
    for page in pages:
        homes[page.name] = page.name
        for element in walk(page.elements):
            homes.setdefault(element.name, page.name)
    latest = pages[0].name if pages else ""
    for child in definition.children:
        latest = homes.setdefault(child.name, latest)
    return homes


def unseen_of(
    definition: Definition, sections: Iterable[Section], homes: Mapping[str, str]
) -> dict[str, tuple[Element, ...]]:
    """By page, the loose questions that stand on none: what they check still counts."""
    seen = {element.name for page in sections for element in page.elements}
    unseen: dict[str, tuple[Element, ...]] = {}
    for child in definition.children:
        if isinstance(child, Question) and child.name not in seen:
            home = homes[child.name]
            unseen[home] = (*unseen.get(home, ()), child)
    return unseen


def _page(element: Element) -> Section:
    assert not isinstance(element, Question)
    inside = element.children if isinstance(element, Group) else (element,)
    number = "" if isinstance(element, Group) else element.number
    return Section(element.name, element.label, element.hint, element.relevant, inside, number)


def _is_unseen(element: Element) -> bool:
    return isinstance(element, Question) and element.kind in UNSEEN


def _free_name(number: int, taken: set[str]) -> str:
    name = f"section_{number}"
    while name in taken:
        name += "_"
    return name
