"""What respondents would meet without a word."""

from collections.abc import Iterator, Mapping
from typing import Final

from surveys.engine.form import Form
from surveys.engine.model import Kind, Question, Table, Texts
from surveys.engine.problems import Problem, Severity

UNSEEN: Final = frozenset({Kind.CALCULATE, Kind.HIDDEN})
ADVICE: Final = "Write what respondents are to read."


def missing_labels(form: Form, places: Mapping[str, str]) -> Iterator[Problem]:
    """Questions without a label, hint or guidance, and choices without a label, in any language.

    Choices of lists that nobody uses are not met by anybody.
    """
    used: set[str] = set()
    for element in form.definition.elements():
        if isinstance(element, Question):
            used.add(element.list_name)
            texts = (element.label, element.hint, element.guidance)
            if element.kind not in UNSEEN and not any(map(_says_something, texts)):
                at = f"{places[element.name]}.label"
                yield Problem("label_missing", at, element.name, ADVICE, Severity.ERROR)
        elif isinstance(element, Table):
            used.add(element.row_list)
    for name, known in form.definition.lists.items():
        for choice in known.choices if name in used else ():
            if not _says_something(choice.label):
                at = f"choices/{name}/{choice.name}.label"
                yield Problem("label_missing", at, choice.name, ADVICE, Severity.ERROR)


def _says_something(texts: Texts) -> bool:
    return any(text.strip() for text in texts.values())
