"""Phrases that many texts share."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.methods.descriptive.columns import Codes
from analytics.methods.descriptive.texts.words import (
    TEXT_END,
    composed,
    folded,
    stop_words,
    syllables,
    tokens,
)

LONGEST = 3
ABSORBED = 0.8


@dataclass(frozen=True, slots=True)
class Phrase:
    """One to three syllables as they are mostly written; ``texts`` hold it, ``times`` in all."""

    text: str
    texts: int
    times: int


@dataclass(frozen=True, slots=True)
class Phrases:
    """Frequent phrases of ``texts`` answers, those of most texts first; of as many the
    longer first, then by the alphabet."""

    texts: int
    found: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """Texts as one row of tokens: the syllable of each as written and as meant, and its text."""

    written: Codes
    spellings: Sequence[str]
    meant: Codes
    names: Sequence[str]
    text: Codes


@dataclass(frozen=True, slots=True)
class _Counted:
    """Phrases of one length: a key made of their syllables, in how many texts, how often."""

    size: int
    starts: Codes
    keys: Codes
    unique: Codes
    texts: Codes
    times: Codes


def frequent_phrases(
    texts: Sequence[str],
    *,
    most: int = 50,
    least_texts: int = 2,
    without: Collection[str] | None = None,
) -> Phrases:
    """Phrases of one to three syllables in at least ``least_texts`` of ``texts``, at most ``most``.

    A phrase does not run across punctuation or the end of a text, neither begins nor ends with a
    stop word (``without``; the shipped ones where None), and is no mere number. The two places of a
    tone are one spelling. A phrase that four of five of its texts hold within the same longer one is
    left out for it: "chuyển đổi" beside "chuyển đổi số" would say nothing more.
    """
    read = _read(texts)
    if read is None:
        return Phrases(len(texts), ())
    stops = stop_words() if without is None else frozenset(folded(word) for word in without)
    counted = [_counted(read, _starts(read, stops, size), size) for size in range(1, LONGEST + 1)]
    chosen = [
        (int(each.texts[place]), int(each.times[place]), each.size, int(place))
        for each, longer in zip(counted, [*counted[1:], None], strict=True)
        for place in _kept(each, longer, least_texts, len(read.names))
    ]
    # Keys follow the alphabet, so that a stable order by counts leaves the others in it.
    chosen.sort(key=lambda found: (-found[0], -found[1], -found[2]))
    return Phrases(
        len(texts),
        tuple(
            Phrase(_spelling(read, counted[size - 1], place), in_texts, times)
            for in_texts, times, size, place in chosen[:most]
        ),
    )


def _read(texts: Sequence[str]) -> _Read | None:
    words = tokens([composed(text) for text in texts])
    if len(words) == len(texts):
        return None
    written, spellings = pd.factorize(np.array(words, dtype=object))
    by_spelling = np.array([folded(spelling) for spelling in spellings], dtype=object)
    meant, names = pd.factorize(by_spelling, sort=True)
    # Not compared as an array: numpy's own strings lose a NUL at their end.
    end = np.array([spelling == TEXT_END for spelling in spellings])[written]
    return _Read(written, list(spellings), meant[written], list(names), np.cumsum(end) - end)


def _starts(read: _Read, stops: Collection[str], size: int) -> Codes:
    """Where a phrase of ``size`` syllables may begin."""
    breaks, outer, digits = (
        np.array([test(name) for name in read.names])[read.meant]
        for test in (lambda name: not syllables(name), lambda name: name in stops, str.isdigit)
    )
    last = len(read.meant) - size + 1
    windows = [slice(place, max(last, 0) + place) for place in range(size)]
    inside = ~np.logical_or.reduce([breaks[each] for each in windows])
    numbers = np.logical_and.reduce([digits[each] for each in windows])
    return np.flatnonzero(inside & ~numbers & ~outer[windows[0]] & ~outer[windows[-1]])


def _counted(read: _Read, starts: Codes, size: int) -> _Counted:
    keys = np.zeros(len(starts), dtype=np.int64)
    for offset in range(size):
        keys = keys * len(read.names) + read.meant[starts + offset]
    unique, phrase, times = np.unique(keys, return_inverse=True, return_counts=True)
    of_texts = int(read.text[-1]) + 1
    pairs = np.unique(phrase.ravel() * of_texts + read.text[starts])
    texts = np.bincount(pairs // of_texts, minlength=len(unique))
    return _Counted(size, starts, keys, unique, texts, times)


def _kept(each: _Counted, longer: _Counted | None, least: int, names: int) -> Codes:
    """The phrases in enough texts that no longer one stands for, in the order of the alphabet."""
    kept = each.texts >= least
    if longer is not None and len(longer.unique) and len(each.unique):
        standing = longer.texts >= least
        for inner in (longer.unique // names, longer.unique % names**each.size):
            place = np.minimum(np.searchsorted(each.unique, inner), len(each.unique) - 1)
            same = standing & (each.unique[place] == inner)
            place, texts = place[same], longer.texts[same]
            kept[place[texts >= ABSORBED * each.texts[place]]] = False
    return np.flatnonzero(kept)


def _spelling(read: _Read, each: _Counted, place: int) -> str:
    """How the phrase is mostly written; of two ways as frequent, the first in the alphabet."""
    starts = each.starts[each.keys == each.unique[place]]
    ways = read.written[starts[:, None] + np.arange(each.size)]
    found, counts = np.unique(ways, axis=0, return_counts=True)
    written = [" ".join(read.spellings[code] for code in way) for way in found]
    return min(zip((-counts).tolist(), written, strict=True))[1]
