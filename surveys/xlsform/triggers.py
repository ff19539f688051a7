"""The column ``trigger``: whose change makes a calculation run."""

import re
from collections.abc import Iterator
from typing import Final

from surveys.engine.model import Kind, Question, walk
from surveys.engine.problems import Problem
from surveys.xlsform.tree import Tree

_REFERENCE: Final = re.compile(r"\$\{\s*([^{}]*?)\s*\}")


def trigger_problems(tree: Tree) -> Iterator[Problem]:
    """Triggers that are no list of questions, and questions that nobody could ever change."""
    questions = {e.name: e for e in walk(tree.children) if isinstance(e, Question)}
    rows = dict(reversed(tree.named))
    for question in questions.values():
        row = rows.get(question.name)
        if row is None or not question.trigger:
            continue
        parts = [part.strip() for part in question.trigger.split(",")]
        if not any(parts) or not all(_REFERENCE.fullmatch(part) for part in parts if part):
            advice = "Write questions as ${name}, with a comma between them."
            yield row.problem("trigger_malformed", "trigger", question.name, advice)
        for name in _REFERENCE.findall(question.trigger):
            if name in questions and not is_seen_by_people(questions[name]):
                advice = "Nobody sees the question, so nobody changes it; name another."
                yield row.problem("trigger_unseen", "trigger", name, advice)


def is_seen_by_people(question: Question) -> bool:
    """Whether the question stands on the page: what is worked out does so by its label or hint."""
    if question.kind in {Kind.CALCULATE, Kind.HIDDEN}:
        return False
    computed = bool(question.calculation or question.trigger)
    return not computed or bool(question.label or question.hint)
