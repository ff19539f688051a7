"""The logic of a draft in plain words: sentences, their editor, the rules and what comes of them."""

from surveys.questionnaires.logic.controls import Panel, panel_of
from surveys.questionnaires.logic.rules import (
    CHECKS,
    Rule,
    RuleKind,
    counts_of,
    problems_of,
    rules_of,
    spot_of,
)
from surveys.questionnaires.logic.speaking import condition_tokens, sentence
from surveys.questionnaires.logic.spot import Spot
from surveys.questionnaires.logic.tokens import Look, Token, plain
from surveys.questionnaires.logic.trial import Outcome, Trial

__all__ = [
    "CHECKS",
    "Look",
    "Outcome",
    "Panel",
    "Rule",
    "RuleKind",
    "Spot",
    "Token",
    "Trial",
    "condition_tokens",
    "counts_of",
    "panel_of",
    "plain",
    "problems_of",
    "rules_of",
    "sentence",
    "spot_of",
]
