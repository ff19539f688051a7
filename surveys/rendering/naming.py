"""How questions are called away from their place: by number, or by the group they stand in."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from surveys.engine import Element, Form, Group, Question, text_in


def number_of(form: Form, element: Element) -> str:
    """The printed number; a question of a group without one goes by the group's."""
    if isinstance(element, Group):
        return ""
    if element.name in form.others:
        return number_of(form, form.element(form.others[element.name]))
    if element.number:
        return element.number
    group = _groups(form).get(element.name)
    return _group_number(group) if group else ""


def label_of(form: Form, element: Element, language: str) -> str:
    """The label; what has no number at all says its group before it."""
    label = own_label(form, element, language)
    group = _groups(form).get(element.name)
    if group is None or number_of(form, element):
        return label
    named = text_in(group.label, language)
    return f"{named}: {label}" if named else label


def own_label(form: Form, element: Element, language: str) -> str:
    """The label, or the name; the text behind "other" goes by the label of its question first."""
    label = text_in(element.label, language) or element.name
    if element.name not in form.others:
        return label
    return f"{own_label(form, form.element(form.others[element.name]), language)}: {label}"


def name_of(form: Form, element: Element, language: str) -> str:
    """Number and label on one line."""
    number, label = number_of(form, element), label_of(form, element, language)
    return f"{number}. {label}" if number else label


@lru_cache(maxsize=16)
def _groups(form: Form) -> Mapping[str, Group]:
    """The innermost group inside a section, by the name of what stands in it."""
    found: dict[str, Group] = {}
    for section in form.sections:
        for element in section.elements:
            if isinstance(element, Group):
                _enter(found, element)
    return found


def _enter(found: dict[str, Group], group: Group) -> None:
    for child in group.children:
        found[child.name] = group
        if isinstance(child, Group):
            _enter(found, child)


def _group_number(group: Group) -> str:
    """The number of the first question that has one: a printed form numbers the group once."""
    return next((number for number in _numbers(group.children) if number), "")


def _numbers(elements: Iterable[Element]) -> Iterable[str]:
    return (element.number for element in elements if isinstance(element, Question))
