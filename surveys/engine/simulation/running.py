"""Many respondents, and what they could not do."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from surveys.engine.drafts import initial_answers
from surveys.engine.form import Form
from surveys.engine.model import Kind, Question
from surveys.engine.problems import Problem, Severity, errors
from surveys.engine.quality.review import places_of
from surveys.engine.results import Context, Document, Finding
from surveys.engine.simulation.landmarks import landmarks_of
from surveys.engine.simulation.respondent import Respondent
from surveys.engine.state import FormState

SHOWN_ANSWERS: Final = 4


@dataclass(frozen=True, slots=True)
class Blocked:
    """A hard finding that respondents could not get rid of."""

    name: str
    code: str
    respondents: int
    reached: int
    example: str


@dataclass(frozen=True, slots=True)
class Simulation:
    """What came of it: how many got through, and where the others were stopped."""

    respondents: int
    seed: int
    finished: int
    unreached: tuple[str, ...]
    blocked: tuple[Blocked, ...]
    problems: tuple[Problem, ...]


class FormUnusable(ValueError):
    """A form with errors cannot be answered."""


def answer_at_random(form: Form, *, seed: int, answers: Document, context: Context) -> FormState:
    """One random respondent's answers, beginning with ``answers``; the same seed gives the same.

    What no answer passes stays as it came to be. Raises FormUnusable for a form with errors.
    """
    if errors(form.problems):
        raise FormUnusable(form.definition.code)
    dice = random.Random(f"{seed}:0")  # noqa: S311  (answers, not secrets)
    state = FormState(form, answers=answers, context=context)
    Respondent(state, dice, landmarks_of(form)).respond()
    return state


def _to_nobody(_done: int) -> None:
    """Nobody wants to know how far it is."""


def simulate(
    form: Form,
    *,
    respondents: int,
    seed: int,
    context: Context,
    told: Callable[[int], None] = _to_nobody,
) -> Simulation:
    """Drive random respondents through a form; the same seed gives the same simulation.

    ``told`` hears after each respondent how many are done. Raises FormUnusable for a form with errors.
    """
    if errors(form.problems):
        raise FormUnusable(form.definition.code)
    landmarks = landmarks_of(form)
    reached: Counter[str] = Counter()
    stopped: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    finished = 0
    for number in range(respondents):
        dice = random.Random(f"{seed}:{number}")  # noqa: S311  (answers, not secrets)
        state = FormState(form, answers=initial_answers(form, context), context=context)
        respondent = Respondent(state, dice, landmarks)
        findings = respondent.respond()
        reached.update(respondent.reached)
        finished += not findings
        keys = {(finding.path.rpartition("/")[2], finding.code): finding for finding in findings}
        stopped.update(keys.keys())
        for key, finding in keys.items():
            examples.setdefault(key, _example(state, finding))
        told(number + 1)
    unreached = tuple(each for each in _asked(form) if not reached[each])
    blocked = tuple(
        Blocked(name, code, count, max(count, reached[name]), examples[name, code])
        for (name, code), count in sorted(stopped.items())
    )
    problems = _problems(form, respondents, unreached, blocked)
    return Simulation(respondents, seed, finished, unreached, blocked, problems)


def _asked(form: Form) -> list[str]:
    """The questions that people are meant to come to."""
    unseen = {element.name for elements in form.unseen.values() for element in elements}
    return [
        name
        for name, part in form.parts.items()
        if isinstance(part.element, Question)
        and part.element.kind is not Kind.HIDDEN
        and name not in unseen
    ]


def _example(state: FormState, finding: Finding) -> str:
    """The answers that led one respondent there: of what the finding's rules read."""
    name = finding.path.rpartition("/")[2]
    part = state.form.parts[name]
    rules = [*part.rules.values(), *(guard.condition for guard in part.guards)]
    names = sorted({each for rule in rules for each in rule.references} - {name})
    row = finding.path.rpartition("/")[0]
    shown = []
    for each in [name, *names]:
        owner = state.form.parts[each].owner
        path = f"{row}/{each}" if owner and owner == row.partition("/")[0] else each
        if isinstance(state.form.parts[each].element, Question) and (not owner or path != each):
            value = state.value(path)
            text = " ".join(value) if isinstance(value, list) else "" if value is None else value
            shown.append(f"{each}='{text}'")
    return ", ".join(shown[:SHOWN_ANSWERS])


def _problems(
    form: Form, respondents: int, unreached: tuple[str, ...], blocked: tuple[Blocked, ...]
) -> tuple[Problem, ...]:
    places = places_of(form)
    found = []
    for name in unreached:
        advice = f"None of {respondents} simulated respondents came to it. Look at its conditions."
        found.append(Problem("never_reached", places[name], name, advice, Severity.WARNING))
    for each in blocked:
        is_always = each.respondents >= each.reached
        code = "always_blocked" if is_always else "path_blocked"
        severity = Severity.ERROR if is_always else Severity.WARNING
        advice = (
            f"{each.respondents} of {each.reached} simulated respondents who came to it found no "
            f"answer that passes ({each.code}), e.g. with {each.example}."
        )
        found.append(Problem(code, places[each.name], each.name, advice, severity))
    return tuple(found)
