"""Vietnamese text as syllables.

Vietnamese writes a space between syllables, not between words: a word is one to three of them. Two
ways of writing the same are made one before anything is compared: composed and decomposed letters
(NFC), capitals, and the two places where a tone may stand ("hoà" and "hòa").
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

STOP_WORDS: Final = Path(__file__).with_name("stop_words.txt")

# What ends a text, when many are read as one. No respondent can write it: a stored text has no NUL.
TEXT_END: Final = "\x00"

# Old place of the tone on the first vowel -> new place on the second, in oa, oe, uy.
_OLD: Final = (
    "òa",
    "óa",
    "ỏa",
    "õa",
    "ọa",
    "òe",
    "óe",
    "ỏe",
    "õe",
    "ọe",
    "ùy",
    "úy",
    "ủy",
    "ũy",
    "ụy",
)
_NEW: Final = (
    "oà",
    "oá",
    "oả",
    "oã",
    "oạ",
    "oè",
    "oé",
    "oẻ",
    "oẽ",
    "oẹ",
    "uỳ",
    "uý",
    "uỷ",
    "uỹ",
    "uỵ",
)
TONE_PLACES: Final = MappingProxyType(dict(zip(_OLD, _NEW, strict=True)))
_TONES: Final = re.compile("|".join(_OLD))
_TOKENS: Final = re.compile(rf"{TEXT_END}|[^\W_]+|[^\w\s{TEXT_END}]+|_+")
_SYLLABLE: Final = re.compile(r"[^\W_]+")


def composed(text: str) -> str:
    """Composed letters (NFC), small, as they were written otherwise."""
    return unicodedata.normalize("NFC", text).lower()


def folded(text: str) -> str:
    """``composed``, with every tone where the new spelling puts it."""
    return _TONES.sub(lambda found: TONE_PLACES[found[0]], composed(text))


def bare(text: str) -> str:
    """``composed``, without tones and marks, đ as d: as people type who have no Vietnamese keyboard."""
    parts = unicodedata.normalize("NFD", composed(text).replace("đ", "d"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def syllables(text: str) -> list[str]:
    """The syllables and numbers of a text, without punctuation."""
    return _SYLLABLE.findall(text)


def tokens(texts: Sequence[str]) -> list[str]:
    """The syllables and the punctuation of many texts, ``TEXT_END`` behind each text."""
    return _TOKENS.findall(TEXT_END.join([*(text.replace(TEXT_END, " ") for text in texts), ""]))


@cache
def stop_words() -> frozenset[str]:
    """The shipped stop words, folded; a line with # is a remark."""
    lines = STOP_WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(folded(line.strip()) for line in lines if line and not line.startswith("#"))
