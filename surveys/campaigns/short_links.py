"""Short addresses of rounds, as they stand on paper: six letters and digits.

They are no secret. They only lead on those who may see the round, so they need not be hard to guess;
the number is scrambled so that neighbouring rounds do not look alike, and it can always be worked out
again. The letters I, L, O and U are left out (Crockford's base 32): they are read wrongly from paper.
"""

from typing import Final

from django.conf import settings
from django.urls import reverse

from surveys.campaigns.models import Round

LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 6
_SPACE: Final = len(LETTERS) ** LENGTH
_FACTOR: Final = 0x2545F491  # odd, so that it has an inverse
_INVERSE: Final = pow(_FACTOR, -1, _SPACE)
_MISREAD: Final = str.maketrans("ILO", "110")


def short_code(number: int) -> str:
    """The code of a round's number, which must be below 32**6."""
    rest, letters = number * _FACTOR % _SPACE, ""
    for _ in range(LENGTH):
        rest, digit = divmod(rest, len(LETTERS))
        letters = LETTERS[digit] + letters
    return letters


def number_of(code: str) -> int | None:
    """The number that has the code, as it may have been typed from paper; ``None`` for no code."""
    plain = code.upper().translate(_MISREAD)
    if len(plain) != LENGTH or not set(plain) <= set(LETTERS):
        return None
    scrambled = 0
    for letter in plain:
        scrambled = scrambled * len(LETTERS) + LETTERS.index(letter)
    return scrambled * _INVERSE % _SPACE


def short_link(round_: Round) -> str:
    """The round's short address with the site's, as it is printed."""
    return settings.SITE_URL + reverse("short_link", args=[short_code(round_.pk)])
