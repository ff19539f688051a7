"""Texts that are not there in every language of the questionnaire."""

from collections.abc import Iterator, Mapping
from typing import Final

from surveys.engine.form import Form
from surveys.engine.model import Definition, Texts
from surveys.engine.problems import Problem, Severity

FIELDS: Final = (
    "label",
    "hint",
    "guidance",
    "required_message",
    "constraint_message",
    "warning_message",
    "unit",
)


def missing_translations(form: Form, places: Mapping[str, str]) -> Iterator[Problem]:
    """One problem per text and language: a text stands in some language and not in this one."""
    definition = form.definition
    yield from _missing(definition, definition.title, "settings.form_title", definition.code)
    for element in definition.elements():
        for field in FIELDS:
            texts: Texts = getattr(element, field, {})
            yield from _missing(definition, texts, f"{places[element.name]}.{field}", element.name)
    for name, choices in definition.lists.items():
        for choice in choices.choices:
            at = f"choices/{name}/{choice.name}.label"
            yield from _missing(definition, choice.label, at, choice.name)
    for indicator in definition.indicators:
        for field in ("label", "unit"):
            at = f"indicators/{indicator.code}.{field}"
            yield from _missing(definition, getattr(indicator, field), at, indicator.code)


def _missing(definition: Definition, texts: Texts, at: str, name: str) -> Iterator[Problem]:
    if not any(text.strip() for text in texts.values()):
        return
    for language in definition.languages:
        if not texts.get(language, "").strip():
            advice = f"Write the text in the language {language}."
            yield Problem(
                "translation_missing", f"{at}::{language}", name, advice, Severity.WARNING
            )
