"""Scoring rules of indicators: from one agency's answer to points, exactly."""

from surveys.engine.scoring.checking import scoring_problems
from surveys.engine.scoring.fitting import Unfit, scored_questions, unfit
from surveys.engine.scoring.points import Answer, Given, max_points, questions_of, score
from surveys.engine.scoring.rules import (
    ChoiceMap,
    Evidence,
    EvidenceMultiplier,
    Linear,
    MultipleChoice,
    Ratio,
    Rule,
    RuleInvalid,
    Simple,
    Steps,
    figure,
)
from surveys.engine.scoring.text import read_rule, write_rule

__all__ = [
    "Answer",
    "ChoiceMap",
    "Evidence",
    "EvidenceMultiplier",
    "Given",
    "Linear",
    "MultipleChoice",
    "Ratio",
    "Rule",
    "RuleInvalid",
    "Simple",
    "Steps",
    "Unfit",
    "figure",
    "max_points",
    "questions_of",
    "read_rule",
    "score",
    "scored_questions",
    "scoring_problems",
    "unfit",
    "write_rule",
]
