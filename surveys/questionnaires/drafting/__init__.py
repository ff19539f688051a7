"""What designers do, as operations on a draft: commands turn into operations and change nothing."""

from surveys.questionnaires.drafting.arranging import outermost
from surveys.questionnaires.drafting.commands import COMMANDS, CommandMalformed, Plan, plan

__all__ = ["COMMANDS", "CommandMalformed", "Plan", "outermost", "plan"]
