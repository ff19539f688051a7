"""Parts in words."""

from collections.abc import Iterable

from surveys.engine import Form, text_in
from surveys.rendering import name_of
from surveys.responses.delegation.parts import given_singly

LANGUAGES = ("vi", "en")


def part_title(form: Form, name: str, language: str) -> str:
    """A section by its number and label, else a question, table or repeat by its own.

    Texts that speak of answers stay as they were written. KeyError for a name that the form lacks.
    """
    section = next((each for each in form.sections if each.name == name), None)
    if section is None:
        return name_of(form, form.element(name), language)
    label = text_in(section.label, language, form.definition.default_language) or name
    return f"{section.number}. {label}" if section.number else label


def in_form_order(form: Form, names: Iterable[str]) -> list[str]:
    """Those of the parts that the form has, sections before what stands in them."""
    wanted = set(names)
    return [
        name
        for section in form.sections
        for name in (section.name, *(each.name for each in given_singly(form, section)))
        if name in wanted
    ]


def parts_in_words(form: Form, names: Iterable[str]) -> dict[str, str]:
    """The parts on one line, by language; "" where the form has none of them."""
    known = in_form_order(form, names)
    return {
        language: "; ".join(part_title(form, name, language) for name in known)
        for language in LANGUAGES
    }
