"""The scoring rules of a definition's own indicators: readable, and fit for its questions."""

from collections.abc import Iterator

from surveys.engine.expressions.names import Names
from surveys.engine.model import Definition
from surveys.engine.problems import Problem
from surveys.engine.scoring.fitting import unfit
from surveys.engine.scoring.rules import RuleInvalid
from surveys.engine.scoring.text import read_rule


def scoring_problems(definition: Definition, names: Names) -> Iterator[Problem]:
    """What is wrong with the rules, at ``indicators/<code>.scoring``."""
    for indicator in definition.indicators:
        if not indicator.scoring.strip():
            continue
        at = f"indicators/{indicator.code}.scoring"
        try:
            rule = read_rule(indicator.scoring)
        except RuleInvalid as refusal:
            advice = f"At character {refusal.position}: {refusal.advice}"
            yield Problem(refusal.code, at, indicator.code, advice)
            continue
        for each in unfit(rule, indicator.code, definition, names):
            yield Problem(each.code, at, each.name, each.advice, each.severity)
