"""The logic of a draft in plain words: sentences, their editor, the rules and what comes of them."""

from surveys.questionnaires.logic.controls import Panel, panel_of
from surveys.questionnaires.logic.drafted import (
    DraftedGroup,
    DraftedTerm,
    added,
    path_of,
    removed,
    walk,
)
from surveys.questionnaires.logic.editor import (
    GroupBox,
    Incomplete,
    box_of,
    drafted_of,
    fitted,
    text_of,
)
from surveys.questionnaires.logic.referring import find
from surveys.questionnaires.logic.rules import (
    CHECKS,
    CONDITIONS,
    KINDS,
    Rule,
    RuleKind,
    counts_of,
    number_of_rules,
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
    "CONDITIONS",
    "KINDS",
    "DraftedGroup",
    "DraftedTerm",
    "GroupBox",
    "Incomplete",
    "Look",
    "Outcome",
    "Panel",
    "Rule",
    "RuleKind",
    "Spot",
    "Token",
    "Trial",
    "added",
    "box_of",
    "condition_tokens",
    "counts_of",
    "drafted_of",
    "find",
    "fitted",
    "number_of_rules",
    "panel_of",
    "path_of",
    "plain",
    "problems_of",
    "removed",
    "rules_of",
    "sentence",
    "spot_of",
    "text_of",
    "walk",
]
