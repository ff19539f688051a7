"""Choices in words, as they stand in a dropdown and are read back from a cell."""

from collections import Counter
from collections.abc import Iterable

from surveys.engine import Choice, text_in


def choice_texts(choices: Iterable[Choice], language: str) -> dict[str, str]:
    """What is written for each choice, by its code: its label in one line.

    Where several have the same label, whatever its case, their codes stand behind it in brackets, so
    that every text of a list means one choice.
    """
    labels = {each.name: _in_line(text_in(each.label, language)) or each.name for each in choices}
    counts = Counter(label.casefold() for label in labels.values())
    return {
        code: f"{label} [{code}]" if counts[label.casefold()] > 1 else label
        for code, label in labels.items()
    }


def _in_line(label: str) -> str:
    return " ".join(label.split())
