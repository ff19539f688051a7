"""Questions answered in words: how long, which phrases, what is found, which themes."""

from analytics.methods.descriptive.texts.phrases import Phrase, Phrases, frequent_phrases
from analytics.methods.descriptive.texts.searching import search
from analytics.methods.descriptive.texts.summary import TextSummary, text_summary
from analytics.methods.descriptive.texts.themes import (
    Theme,
    ThemeCounts,
    suggested_themes,
    theme_counts,
)
from analytics.methods.descriptive.texts.words import stop_words

__all__ = [
    "Phrase",
    "Phrases",
    "TextSummary",
    "Theme",
    "ThemeCounts",
    "frequent_phrases",
    "search",
    "stop_words",
    "suggested_themes",
    "text_summary",
    "theme_counts",
]
