"""A text that a pattern matches, drawn at random.

What is drawn is tried out by the check itself; a part of a pattern that is not understood here only
makes a text that does not match.
"""

import random
from collections.abc import Callable
from typing import Final

MOST: Final = 4
"""How often ``*`` and ``+`` repeat at most, beyond what they must."""

DIGITS: Final = "0123456789"
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
CLASSES: Final = {"d": DIGITS, "w": LETTERS + DIGITS + "_", "s": " "}
USUAL: Final = LETTERS + LETTERS.upper() + DIGITS + "-_./@ "
MAX_LENGTH: Final = 2_000


def matching(pattern: str, dice: random.Random) -> str:
    """A text for the pattern; the empty text for a pattern that cannot be followed."""
    try:
        return _Drawing(pattern, dice).alternatives()[:MAX_LENGTH]
    except (IndexError, ValueError):
        return ""


class _Drawing:
    """Draws while it reads, from left to right."""

    def __init__(self, pattern: str, dice: random.Random) -> None:
        self.pattern = pattern
        self.dice = dice
        self.at = 0

    def alternatives(self) -> str:
        """One of the branches up to the closing bracket or the end."""
        drawn = [self.branch()]
        while self._next() == "|":
            self.at += 1
            drawn.append(self.branch())
        return self.dice.choice(drawn)

    def branch(self) -> str:
        """Pieces one after the other."""
        text = ""
        while self._next() not in {"", "|", ")"}:
            text += self.piece()
        return text

    def piece(self) -> str:
        """One atom, as often as its count wants it."""
        start = self.at
        text = self.atom()
        end = self.at
        least, most = self.count()
        behind = self.at
        times = self.dice.randint(least, most)
        drawn = [text] if times else []
        for _ in range(times - 1):
            self.at = start
            drawn.append(self.atom())
            assert self.at == end
        self.at = behind
        return "".join(drawn)

    def atom(self) -> str:
        """A group, a class, an escape or a sign."""
        sign = self._take()
        if sign in "^$":
            return ""
        readers: dict[str, Callable[[], str]] = {
            "(": self._group,
            "[": self._class,
            "\\": lambda: self._one_of(self._escaped()),
            ".": lambda: self._one_of(LETTERS),
        }
        return readers[sign]() if sign in readers else sign

    def count(self) -> tuple[int, int]:
        """How often: ``?``, ``*``, ``+``, ``{2,5}``; once where nothing is said."""
        known = {"?": (0, 1), "*": (0, MOST), "+": (1, 1 + MOST)}
        sign = self._next()
        if sign in known:
            self.at += 1
            self._lazy()
            return known[sign]
        if sign != "{":
            return 1, 1
        end = self.pattern.index("}", self.at)
        least, comma, most = self.pattern[self.at + 1 : end].partition(",")
        self.at = end + 1
        self._lazy()
        low = int(least or 0)
        return low, (int(most) if most else low + MOST) if comma else low

    def _lazy(self) -> None:
        if self._next() == "?":
            self.at += 1

    def _group(self) -> str:
        if self._next() == "?":
            self.at = min(each for sign in ":>" if (each := self.pattern.find(sign, self.at)) >= 0)
            self.at += 1
        text = self.alternatives()
        if self._take() != ")":
            raise ValueError(self.pattern)
        return text

    def _class(self) -> str:
        is_negated = self._next() == "^"
        self.at += is_negated
        signs = ""
        while self._next() != "]" or not signs:
            sign = self._take()
            if sign == "\\":
                signs += self._escaped()
            elif self._next() == "-" and self.pattern[self.at + 1] != "]":
                self.at += 1
                signs += "".join(map(chr, range(ord(sign), min(ord(self._take()), 0x2000) + 1)))
            else:
                signs += sign
        self.at += 1
        if is_negated:
            signs = "".join(sign for sign in USUAL if sign not in signs)
        return self._one_of(signs)

    def _escaped(self) -> str:
        sign = self._take()
        if sign.lower() in CLASSES:
            known = CLASSES[sign.lower()]
            return known if sign.islower() else "".join(s for s in USUAL if s not in known)
        return {"n": "\n", "t": "\t", "b": ""}.get(sign, sign)

    def _one_of(self, signs: str) -> str:
        return self.dice.choice(signs) if signs else ""

    def _next(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def _take(self) -> str:
        self.at += 1
        return self.pattern[self.at - 1]
