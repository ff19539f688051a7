"""Everything that is to be said about a draft: where it is, and what mends it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.definitions.editing import ROOT, Sort, Tree
from surveys.engine import Element, Form, Problem, Question, Severity, Table, text_in
from surveys.questionnaires.drafting.mending import Finding, can_mend
from surveys.questionnaires.problem_words import WordedProblem, worded

MENDS: Final[Mapping[str, Promise]] = {
    "list_unused": _("Delete the list"),
    "calculation_unused": _("Delete the calculation"),
    "choice_never_offered": _("Delete the choice"),
    "choice_refused": _("Delete the choice"),
    "personal_data_unmarked": _("Mark as personal data"),
    "default_refused": _("Start without an answer"),
    "name_repeated": _("Rename the second one"),
    "choice_repeated": _("Rename the second choice"),
    "reference_unknown": _("Take the likest name"),
    "list_unknown": _("Take or make the list"),
}
"""What the button of each edit of ``drafting.mending`` says."""
GROUPS: Final[Mapping[Severity, Promise]] = {
    Severity.ERROR: _("Errors"),
    Severity.WARNING: _("Warnings"),
    Severity.IGNORED: _("Ignored"),
}
TRANSLATION: Final = "translation_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding. ``node`` is the uid to go to, "" for the questionnaire as a whole; ``mend`` what the
    button of its edit says, "" where no single edit mends it.
    """

    problem: WordedProblem
    name: str
    node: str
    label: str
    field: str
    mend: str | Promise
    is_translation: bool


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """The findings of one severity."""

    severity: str
    title: str | Promise
    look: str
    found: tuple[Found, ...]

    @property
    def translations(self) -> tuple[Found, ...]:
        """The texts without a translation: many at once, and mended on a page of their own."""
        return tuple(each for each in self.found if each.is_translation)

    @property
    def others(self) -> tuple[Found, ...]:
        """Everything else."""
        return tuple(each for each in self.found if not each.is_translation)


def grouped(form: Form, tree: Tree, problems: Iterable[Problem], language: str) -> list[FoundGroup]:
    """The problems by severity, the gravest first, each once, each with its place in the draft."""
    each_once = list(dict.fromkeys(problems))
    places = _Places(form, tree, language)
    groups = []
    for severity, title in GROUPS.items():
        found = [places.found(each) for each in each_once if each.severity is severity]
        if found:
            look = found[0].problem.look
            groups.append(FoundGroup(severity.value, title, look, tuple(found)))
    return groups


class _Places:
    def __init__(self, form: Form, tree: Tree, language: str) -> None:
        self.form, self.tree, self.language = form, tree, language
        self.elements = {each.name: each for each in form.definition.elements()}
        self.lists = {
            str(tree.node(uid)["name"]): uid
            for uid in tree.children(ROOT)
            if tree.sort(uid) is Sort.LIST
        }

    def found(self, problem: Problem) -> Found:
        node, label, field = self._place(problem)
        mendable = can_mend(self.tree, Finding(problem.code, problem.at, problem.name))
        return Found(
            problem=worded(problem),
            name=problem.name,
            node=node,
            label=label,
            field=field,
            mend=MENDS[problem.code] if mendable else "",
            is_translation=problem.code == TRANSLATION,
        )

    def _place(self, problem: Problem) -> tuple[str, str, str]:
        """Uid, label and field of the place."""
        parts = problem.at.split("/")
        last, _dot, field = parts[-1].partition(".")
        if parts[0] == "choices" and len(parts) > 1:
            name = parts[1].partition(".")[0]
            return self._user_of(name), name, ""
        element = self.elements.get(last)
        if element is None:
            return "", last, ""
        fallback = self.form.definition.default_language
        label = text_in(element.label, self.language, fallback)
        return element.uid, label or last, field.replace("::", ".")

    def _user_of(self, name: str) -> str:
        """What shows a list: the first element that uses it, else the list itself."""
        users = (each.uid for each in self.elements.values() if name in _lists_of(each))
        return next(users, self.lists.get(name, ""))


def _lists_of(element: Element) -> tuple[str, ...]:
    match element:
        case Question(list_name=name) | Table(row_list=name):
            return (name,)
        case _:
            return ()
