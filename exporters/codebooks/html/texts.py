"""Texts with their languages said, so that readers by voice speak them right."""

from exporters.codebooks.html.tags import Content, tag
from surveys.engine.model import Texts, text_in


def in_both(texts: Texts, language: str) -> Content:
    """The text in the page's language, and under it in the other one, if it is another text."""
    first = text_in(texts, language)
    found = next((each for each in (language, *texts) if texts.get(each) == first), language)
    others = [
        tag("span", text, lang=each, class_="other")
        for each, text in texts.items()
        if text and text != first
    ]
    return [in_language(first, found, language), *others]


def in_language(text: str, spoken: str, language: str) -> Content:
    """A text, with its language where it is not the page's."""
    if not text or spoken == language:
        return text
    return tag("span", text, lang=spoken)
