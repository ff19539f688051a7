"""The distribution of a question with several answers at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.methods.descriptive.choices.single import estimates_of
from analytics.methods.descriptive.choices.splitting import ticks_of
from analytics.methods.descriptive.columns import Answers, Base, Column, Floats, coded, tally
from analytics.methods.descriptive.design import CENSUS, Design
from analytics.methods.descriptive.intervals import Estimate


@dataclass(frozen=True, slots=True)
class MultipleOption:
    """One option. Shares lie in 0..1.

    ``of_respondents``: of those who answered the question; over the options they may sum to more
    than 1. ``of_responses``: of all ticks; they sum to 1. None for an exclusive option ("none of
    these"), which is no response to any option.
    """

    code: str
    n: int
    weight: float
    of_respondents: Estimate
    of_responses: float | None
    listed: bool = True
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class MultipleResponse:
    """A distribution over respondents who saw the question and answered it.

    ``unticked`` answered and ticked nothing, which is an answer and no blank; ``responses`` are the
    ticks of options that exclude no other, weighted where answers are; ``contradictory`` ticked an
    exclusive option and another.
    """

    base: Base
    design: Design
    options: tuple[MultipleOption, ...]
    responses: float
    unticked: int
    contradictory: int

    @property
    def n(self) -> int:
        """Respondents."""
        return self.base.answered


def multiple_response(
    answers: Answers,
    choices: Sequence[str],
    *,
    exclusive: Sequence[str] = (),
    design: Design = CENSUS,
) -> MultipleResponse:
    """The distribution of a column of codes with spaces between them ("a c").

    An empty text is an answer with nothing ticked; None is blank. An option named twice in a row
    counts once. Errors as of ``single_choice``. Options are not independent of each other: test
    them one by one with a correction, not as one table.
    """
    missing = answers.missing
    found = tally(answers, missing, empty_is_blank=False)
    valid = list(range(len(missing), len(found.labels)))
    base = found.base(valid, missing)
    listed = [each for each in choices if each not in missing]
    ticks = ticks_of([found.labels[place] for place in valid], listed)
    ticked = ticks.tally(found, valid)
    estimates = estimates_of(ticked, base, design, found.squares[valid].sum())
    alone = np.isin(ticks.labels, list(exclusive))
    responses = float(ticked.weights[~alone].sum())
    options = tuple(
        MultipleOption(
            code,
            int(ticked.counts[place]),
            float(ticked.weights[place]),
            estimates[place],
            None if alone[place] or responses <= 0 else float(ticked.weights[place]) / responses,
            listed=place < len(listed),
            exclusive=bool(alone[place]),
        )
        for place, code in enumerate(ticks.labels)
    )
    named, excluding = ticks.per_answer(), ticks.per_answer(alone[ticks.label])
    times = found.counts[valid]
    return MultipleResponse(
        base,
        design,
        options,
        responses,
        unticked=int(times[named == 0].sum()),
        contradictory=int(times[(excluding > 0) & (named > 1)].sum()),
    )


def indicators(column: Column, choices: Sequence[str]) -> Floats:
    """The column as a table of 1 (ticked) and 0, shape (rows, choices); NaN where blank.

    What tests of options and correlations take. A missing code is no choice: give a column in which
    it is None.
    """
    answers = coded(column, (), empty_is_blank=False)
    ticks = ticks_of(answers.labels, choices)
    known = ticks.where(ticks.label < len(choices))
    table = np.zeros((len(answers.labels) + 1, len(choices)))
    table[known.answer, known.label] = 1.0
    table[-1] = np.nan
    return table[answers.codes]
