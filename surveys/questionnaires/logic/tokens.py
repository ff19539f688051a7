"""The pieces of a sentence."""

from dataclasses import dataclass
from enum import StrEnum


class Look(StrEnum):
    """What a piece is: a question, a word between, a value, or "and" and "or"."""

    SUBJECT = "subject"
    WORD = "op"
    VALUE = "val"
    JOIN = "join"
    BETWEEN = "between"
    """The "or" between the values of one comparison: read out, and seen in running text only."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece: what it is and its text in the reader's language."""

    text: str
    look: Look

    @property
    def is_value(self) -> bool:
        """Whether it is a value."""
        return self.look is Look.VALUE

    @property
    def css(self) -> str:
        """The class beside ``tok``."""
        return f" tok--{self.look}" if self.look in {Look.WORD, Look.VALUE} else ""


def plain(tokens: tuple[Token, ...]) -> str:
    """The sentence as running text."""
    return " ".join(token.text for token in tokens)
