"""Elements that nobody can ever come to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from surveys.engine.form import Form
from surveys.engine.model import Element, Group, Question, Repeat, Table
from surveys.engine.problems import Problem, Severity
from surveys.engine.quality.possibility import ALWAYS, NEVER, Case, Cases, Possibility, all_of

MAX_DEPTH: Final = 8
"""How far conditions are followed to the questions they ask about."""


@dataclass(slots=True)
class Reach:
    """Under which conditions each element is shown, as far as that can be told."""

    form: Form
    cases: dict[str, Cases] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _own: dict[str, Cases] = field(default_factory=dict)
    _parents: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for element in self.form.definition.children:
            self._enter(element, "")
        for element in self.form.definition.children:
            self._look(element, "", ALWAYS)

    def _enter(self, element: Element, parent: str) -> None:
        name = element.name
        if name in self._own or name not in self.form.parts:
            # Of elements with one name the compiler keeps the first, and nothing of the others.
            return
        rule = self.form.parts[name].rules.get("relevant")
        self._own[name] = Possibility(self.form).of(rule) if rule else ALWAYS
        self._parents[name] = parent
        for child in children(element):
            self._enter(child, name)

    def _look(self, element: Element, above: str, inherited: Cases) -> None:
        at = f"{above}{element.name}"
        if element.name in self.cases or element.name not in self._own:
            return
        cases = all_of([inherited, self._own[element.name]])
        if not inherited:
            advice = "What it stands in is never shown. Mend that condition, or delete the row."
            self._report("parent_never_shown", at, element, advice)
        elif not cases:
            self._report_own(at, element)
        else:
            cases = self._followed(at, element, cases)
        self.cases[element.name] = cases
        for child in children(element):
            self._look(child, f"{at}/", cases)

    def _report_own(self, at: str, element: Element) -> None:
        if self._own[element.name]:
            advice = "Its condition contradicts the condition of what it stands in."
        else:
            advice = "Its condition is never true. Correct it, or delete the row."
        self._report("never_shown", f"{at}.relevant", element, advice)

    def _followed(self, at: str, element: Element, cases: Cases) -> Cases:
        """The cases that are left when the questions they need are shown and answered rightly."""
        shown = _kept(cases, self._shown, MAX_DEPTH)
        if not shown:
            advice = "It needs the answer of a question that is not shown at the same time."
            self._report("never_shown", f"{at}.relevant", element, advice)
            return NEVER
        if not _kept(shown, self._right, 1):
            advice = "It is shown only after an answer that a check refuses."
            self._report("shown_after_refused", f"{at}.relevant", element, advice)
        return shown

    def _shown(self, name: str) -> Cases:
        parts: list[Cases] = []
        while name:
            parts.append(self._own[name])
            name = self._parents[name]
        return all_of(parts)

    def _right(self, name: str) -> Cases:
        rule = self.form.parts[name].rules.get("constraint")
        return Possibility(self.form, name).of(rule) if rule else ALWAYS

    def _report(self, code: str, at: str, element: Element, advice: str) -> None:
        self.problems.append(Problem(code, at, element.name, advice, Severity.WARNING))


def children(element: Element) -> tuple[Element, ...]:
    """What stands directly in an element."""
    match element:
        case Group() | Repeat():
            return element.children
        case Table():
            return element.columns
        case Question():
            return ()


def _kept(cases: Cases, needed: Callable[[str], Cases], depth: int) -> Cases:
    """The cases in which everything that is answered meets what it needs, and so on."""
    kept: list[Case] = []
    for case in cases:
        grown: Cases = (case,)
        seen: set[str] = set()
        for _ in range(depth):
            new = {name for each in grown for name in _answered(each)} - seen
            if not new:
                break
            seen |= new
            # A question that one case alone needs must not narrow the others.
            new = {name for name in new if all(name in _answered(each) for each in grown)}
            grown = all_of([grown, *(needed(name) for name in sorted(new))])
        kept.extend(grown)
    return tuple(kept)


def _answered(case: Case) -> set[str]:
    """The questions that have an answer in this case."""
    return {
        key[2:-1]
        for key, values in case.items()
        if key.startswith("${") and key.endswith("}") and key.count("${") == 1 and not values.blank
    }
