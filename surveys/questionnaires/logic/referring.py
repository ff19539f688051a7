"""What an expression may speak of, to be searched by number, name or label."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

from surveys.engine import Element, Form, Group, Kind, Question, Repeat, Table
from surveys.engine.expressions import Node, Type, nearest
from surveys.engine.expressions.nodes import Column
from surveys.engine.sentences import bare, is_sayable, text_of_node
from surveys.organisations.search import search_key
from surveys.questionnaires.logic.speaking import shown_value
from surveys.questionnaires.logic.spot import Spot, parsed
from surveys.rendering import label_of

MOST: Final = 20
"""Found at a time."""
OF_VALUE: Final = frozenset({"relevant", "calculation", "repeat_count"})
"""Fields that decide what others read: what hangs on the element would hang on itself."""
OF_ANSWER: Final = frozenset({"constraint", "warning"})


@dataclass(frozen=True, slots=True)
class Referable:
    """Something to speak of: its expression, what is put in after ``${``, what it is called, and its
    number, name and whole label as they are searched.
    """

    expression: str
    name: str
    label: str
    key: str


def find(spot: Spot, text: str, *, is_subject: bool = True) -> list[Referable]:
    """Those whose number, name and label hold every word, the best first."""
    wanted = search_key(text)
    words = wanted.split()
    found = [each for each in referables(spot, is_subject=is_subject) if _fits(each, words)]
    found.sort(key=lambda each: not each.key.startswith(wanted))
    return found[:MOST]


def referables(spot: Spot, *, is_subject: bool = True) -> tuple[Referable, ...]:
    """All of them: what is at hand first, then the questions in their order."""
    return _known(spot.form, spot.element.name, spot.field, spot.language, is_subject=is_subject)


@lru_cache(maxsize=8)
def _known(
    form: Form, name: str, field: str, language: str, *, is_subject: bool
) -> tuple[Referable, ...]:
    spot = Spot(form, form.element(name), field, language)
    return tuple(_referables(spot, is_subject=is_subject))


def _referables(spot: Spot, *, is_subject: bool) -> Iterator[Referable]:
    yield from _at_hand(spot, is_subject=is_subject)
    if spot.field == "choice_filter" and is_subject:
        return
    hidden = _circular(spot)
    for element in spot.form.definition.elements():
        if element.name not in hidden:
            yield from _referable(spot, element)


def resolved(spot: Spot, typed: str) -> Node | None:
    """What somebody means who typed a label, a name or an expression; None for nothing known."""
    typed = " ".join(typed.split())
    both = (*referables(spot, is_subject=False), *referables(spot))
    known = {each.label: each.expression for each in both}
    names = {each.name: each.expression for each in both}
    text = known.get(typed) or names.get(typed) or typed
    node = parsed(text)
    if node is None or not is_sayable(bare(node)):
        return None
    if isinstance(node, Column) and spot.field != "choice_filter":
        return None
    return bare(node)


def advice(spot: Spot, typed: str) -> str:
    """What to do about a name that nobody knows."""
    if not typed.strip():
        return _("Choose a question.")
    names = [each.name for each in referables(spot)]
    near = nearest(typed.strip().removeprefix("${").removesuffix("}"), names, "%s")
    if not near:
        return _("There is no such question. Search by number, name or label.")
    name = near.removeprefix(" Did you mean ").removesuffix("?")
    label = next(each.label for each in referables(spot) if each.name == name)
    return _("There is no such question. Did you mean %(question)s?") % {"question": f"“{label}”"}


def called(spot: Spot, node: Node) -> str:
    """What an operand is called where it is chosen: its label, or its expression."""
    text = text_of_node(node)
    both = (*referables(spot), *referables(spot, is_subject=False))
    return next((each.label for each in both if each.expression == text), text)


def _fits(referable: Referable, words: list[str]) -> bool:
    return all(word in referable.key for word in words)


def _at_hand(spot: Spot, *, is_subject: bool) -> Iterator[Referable]:
    known = spot.form.definition.lists.get(spot.place.list_name or "")
    if known is not None and is_subject:
        columns = dict.fromkeys(key for each in known.choices for key in each.extra)
        for column in ("name", *columns):
            yield _of(spot, column, column)
    if spot.is_of_cells or (isinstance(spot.element, Question) and spot.field in OF_ANSWER):
        yield _of(spot, ".", ".")
    owner = spot.element if spot.is_of_cells else spot.form.owner(spot.element.name)
    if isinstance(owner, Table):
        yield _of(spot, "row()", "row()")
    if not is_subject:
        yield _of(spot, "today()", "today()")


def _of(spot: Spot, expression: str, name: str) -> Referable:
    node = parsed(expression)
    assert node is not None
    label = shown_value(spot, node, bare(node))
    known = spot.form.parts.get(name)
    whole = label_of(spot.form, known.element, spot.language) if known else ""
    return Referable(expression, name, label, search_key(f"{label} {name} {whole}"))


def _circular(spot: Spot) -> frozenset[str]:
    own = spot.element.name
    if spot.field in OF_VALUE:
        return frozenset(_hanging_on(spot.form, own))
    return frozenset() if spot.is_of_cells else frozenset({own})


def _hanging_on(form: Form, name: str) -> set[str]:
    """The name and those whose value it decides."""
    readers: dict[str, set[str]] = {}
    for reader, needs in form.needs.items():
        for needed in needs:
            readers.setdefault(needed, set()).add(reader)
    found, waiting = {name}, [name]
    while waiting:
        new = readers.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return found


def _referable(spot: Spot, element: Element) -> Iterator[Referable]:
    name = element.name
    match element:
        case Question(kind=Kind.NOTE) | Group() | Table():
            return
        case Repeat():
            yield _of(spot, f"count(${{{name}}})", name)
        case Question():
            owner = spot.form.parts[name].owner
            if not owner or owner == spot.place.owner:
                yield _of(spot, f"${{{name}}}", name)
                return
            known = spot.known(name)
            is_number = known is not None and known.type is Type.NUMBER
            function = "sum" if is_number else "count-non-empty"
            yield _of(spot, f"{function}(${{{name}}})", name)
