"""Questions and questionnaires that are too long to be read."""

from collections.abc import Iterator, Mapping
from typing import Final

from surveys.engine.form import Form
from surveys.engine.problems import Problem, Severity
from surveys.engine.quality.burden import Burden

LABEL_WORDS: Final = {"vi": 40, "en": 30}
"""A sentence longer than this is read twice: about 30 words of English, as many as 40 syllables."""

OTHERWISE: Final = 30
MINUTES: Final = 120
"""Longer than half a working day's half, and it is put off."""


def too_long(
    form: Form, burdens: tuple[Burden, ...], places: Mapping[str, str]
) -> Iterator[Problem]:
    """Labels beyond what is read in one go, and a questionnaire beyond two hours."""
    for element in form.definition.elements():
        for language, text in element.label.items():
            words = len(text.split())
            if words > LABEL_WORDS.get(language, OTHERWISE):
                advice = f"It has {words} words. Move explanations to the hint or the guidance."
                at = f"{places[element.name]}.label::{language}"
                yield Problem("label_long", at, element.name, advice, Severity.WARNING)
    longest = max(burdens, key=lambda each: each.minutes, default=None)
    if longest is not None and longest.minutes > MINUTES:
        advice = f"It takes about {longest.minutes} minutes. Ask less, or spread it over rounds."
        yield Problem("questionnaire_long", "", form.definition.code, advice, Severity.WARNING)
