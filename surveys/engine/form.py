"""A questionnaire ready for use: checked, ordered and compiled."""

from dataclasses import dataclass

from surveys.engine.model import Definition, Element, Question, Repeat, Table, Texts
from surveys.engine.problems import Problem


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the questionnaire."""

    name: str
    label: Texts
    hint: Texts
    relevant: str
    elements: tuple[Element, ...]
    number: str = ""


class Form:
    """An immutable compiled questionnaire, shareable between threads."""

    definition: Definition
    problems: tuple[Problem, ...]
    sections: tuple[Section, ...]

    def question(self, name: str) -> Question:
        """The question or table column of that name; KeyError if there is none."""
        raise NotImplementedError

    def owner(self, name: str) -> Repeat | Table | None:
        """The repeat or table a question stands in."""
        raise NotImplementedError

    def section_of(self, path: str) -> str:
        """The name of the section that shows ``path``."""
        raise NotImplementedError

    def element(self, name: str) -> Element:
        """The element of that name; KeyError if there is none."""
        raise NotImplementedError


def compile_definition(definition: Definition) -> Form:
    """Parse, check and order every expression. Never raises: see ``Form.problems``."""
    raise NotImplementedError
