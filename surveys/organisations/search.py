"""How names are found and ordered: two keys, stored beside each name."""

import unicodedata
from typing import Final

ALPHABET: Final = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
LETTER_MARKS: Final = {"\u0306", "\u0302", "\u031b"}

_WEIGHTS: Final = {letter: f"{rank:02}" for rank, letter in enumerate(ALPHABET, start=10)}
_END_OF_LETTERS, _SPACE, _PUNCTUATION, _FOREIGN = "00", "01", "02", "99"
_OTHER_MARK: Final = "6"


def search_key(text: str) -> str:
    """The words of a text without case, marks and punctuation: ``"Đà Nẵng"`` is ``"da nang"``.

    The old and the new placement of a tone (Hòa, Hoà) give the same key.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold()).replace("đ", "d")
    kept = (char for char in decomposed if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in kept).split())


def sort_key(text: str) -> str:
    """A key whose plain order is the Vietnamese one: letters first, then tones; case is ignored.

    It is made of digits only, so that every database's collation orders it alike.
    """
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFC", text.casefold()):
        decomposed = unicodedata.normalize("NFD", char)
        base, marks = decomposed[0], decomposed[1:]
        letter = unicodedata.normalize("NFC", base + "".join(LETTER_MARKS.intersection(marks)))
        letters.append(_weight(letter if letter in _WEIGHTS else base))
        others = [mark for mark in marks if mark not in LETTER_MARKS]
        tones.append(TONES.get(others[0], _OTHER_MARK) if others else "0")
    return "".join([*letters, _END_OF_LETTERS, *tones])


def _weight(letter: str) -> str:
    if letter in _WEIGHTS:
        return _WEIGHTS[letter]
    if letter.isspace():
        return _SPACE
    return _FOREIGN if letter.isalnum() else _PUNCTUATION
