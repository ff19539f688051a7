"""The properties of what is selected in the builder."""

from surveys.questionnaires.builder.properties.lists import ChoicePane, choice_pane
from surveys.questionnaires.builder.properties.pane import pane_of
from surveys.questionnaires.builder.properties.ready import READY
from surveys.questionnaires.builder.properties.shapes import Pane, Source

__all__ = ["READY", "ChoicePane", "Pane", "Source", "choice_pane", "pane_of"]
