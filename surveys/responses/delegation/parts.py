"""What can be given to a person: the sections of a form, and what stands in them."""

from collections.abc import Iterable, Iterator

from surveys.engine import Element, Form, Group, Kind, Question, Section

NOT_ASKED = frozenset({Kind.NOTE, Kind.HIDDEN, Kind.CALCULATE})
"""Kinds that nobody answers."""


def leaves(elements: Iterable[Element]) -> Iterator[Element]:
    """The questions, tables and repeats, groups opened; the columns of a table stay in it."""
    for element in elements:
        if isinstance(element, Group):
            yield from leaves(element.children)
        else:
            yield element


def given_singly(form: Form, section: Section) -> tuple[Element, ...]:
    """What of a section can be given by itself, in its order.

    The text behind "other" goes with its question, and what nobody answers with nobody.
    """
    return tuple(
        element
        for element in leaves(section.elements)
        if element.name not in form.others
        and element.name != section.name
        and not (isinstance(element, Question) and element.kind in NOT_ASKED)
    )


def part_names(form: Form) -> frozenset[str]:
    """The names of everything that can be given."""
    return frozenset(
        name
        for section in form.sections
        for name in (section.name, *(each.name for each in given_singly(form, section)))
    )


def names_around(form: Form, path: str) -> tuple[str, ...]:
    """The parts in which a path lies, the smallest first; none where the form has no such place."""
    name = path.partition("/")[0]
    try:
        section = form.section_of(name)
    except KeyError:
        return ()
    return (form.others.get(name, name), section)
