"""Elements of a DDI document: text that XML can hold, said in its languages."""

from typing import Final
from xml.etree.ElementTree import Element, SubElement

from exporters.codebooks.characters import writable
from surveys.engine.model import Texts, text_in

LANG: Final = "xml:lang"
PRIMARY: Final = "vi"


def element(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """A child with its text. Attributes without a value are left out; ``ref_`` names end without ``_``."""
    told = {name.rstrip("_"): writable(value) for name, value in attributes.items() if value}
    made = SubElement(parent, tag, told)
    if text:
        made.text = writable(text)
    return made


def in_each(parent: Element, tag: str, texts: Texts, **attributes: str) -> None:
    """An element for each language that the text has."""
    for language, text in texts.items():
        if text.strip():
            element(parent, tag, text, **attributes).set(LANG, language)


def in_one(parent: Element, tag: str, texts: Texts, **attributes: str) -> None:
    """One element, where the schema allows no second: in Vietnamese, else in the language there is."""
    language = PRIMARY if texts.get(PRIMARY) else next(iter(texts), "")
    if (text := text_in(texts, language)).strip():
        element(parent, tag, text, **attributes).set(LANG, language)


def filled(parent: Element, tag: str, **attributes: str) -> Element:
    """A child for other elements."""
    return element(parent, tag, **attributes)
