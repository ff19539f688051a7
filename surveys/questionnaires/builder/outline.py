"""The outline: every element with its badges.

The texts behind "other" are no elements of the draft: who selects one could change nothing of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise

from surveys.engine import (
    Element,
    EvidenceNeed,
    Form,
    Group,
    Problem,
    Question,
    Repeat,
    Severity,
    Table,
    text_in,
)
from surveys.questionnaires.builder.kinds import icon_of, kind_of
from surveys.questionnaires.touched import problems_by_uid

RULES: Final = ("constraint", "warning", "calculation", "closed", "repeat_count", "choice_filter")
ROOT_LEVEL: Final = 1


@dataclass(frozen=True, slots=True)
class Node:
    """One element of the outline. ``trouble`` is "bad", "warn" or "" for the gravest problem."""

    uid: str
    name: str
    number: str
    label: str
    icon: str
    kind: str | Promise
    level: int
    trouble: str
    has_condition: bool
    has_rule: bool
    wants_evidence: bool
    children: tuple["Node", ...]
    holds: bool
    questions: int
    slot: str = "children"

    @property
    def is_section(self) -> bool:
        """Whether it stands at the top and holds others: a page of the questionnaire."""
        return self.level == ROOT_LEVEL and self.holds


def outline_of(form: Form, language: str) -> tuple[Node, ...]:
    """The whole outline in the reader's language: the elements that designers wrote."""
    return tuple(_Nodes(form, language).nodes(form.definition.children, ROOT_LEVEL))


def node_of(nodes: Iterable[Node], uid: str) -> Node | None:
    """The node with that uid; None if there is none."""
    for node in nodes:
        if node.uid == uid:
            return node
        if found := node_of(node.children, uid):
            return found
    return None


class _Nodes:
    def __init__(self, form: Form, language: str) -> None:
        self.language = language
        self.texts = form.others
        self.fallback = form.definition.default_language
        self.problems: Mapping[str, tuple[Problem, ...]] = problems_by_uid(form, form.problems)

    def nodes(self, elements: Iterable[Element], level: int) -> Iterator[Node]:
        for element in elements:
            if element.name in self.texts:
                continue
            children = tuple(self.nodes(_inside(element), level + 1))
            yield Node(
                uid=element.uid,
                name=element.name,
                number="" if isinstance(element, Group) else element.number,
                label=text_in(element.label, self.language, self.fallback) or element.name,
                icon=icon_of(element),
                kind=kind_of(element),
                level=level,
                trouble=self.trouble(element.uid),
                has_condition=bool(element.relevant),
                has_rule=any(getattr(element, rule, "") for rule in RULES),
                wants_evidence=_wants_evidence(element),
                children=children,
                holds=not isinstance(element, Question),
                questions=sum(child.questions for child in children)
                + isinstance(element, Question),
                slot="columns" if isinstance(element, Table) else "children",
            )

    def trouble(self, uid: str) -> str:
        severities = {problem.severity for problem in self.problems.get(uid, ())}
        if Severity.ERROR in severities:
            return "bad"
        return "warn" if Severity.WARNING in severities else ""


def _inside(element: Element) -> tuple[Element, ...]:
    match element:
        case Group(children=children) | Repeat(children=children):
            return children
        case Table(columns=columns):
            return columns
        case Question():
            return ()


def _wants_evidence(element: Element) -> bool:
    return isinstance(element, Question) and element.evidence is not EvidenceNeed.NONE
