"""Finding texts by words."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from analytics.methods.descriptive.columns import Column
from analytics.methods.descriptive.texts.words import bare, composed, folded, syllables

QUOTED = re.compile(r'"([^"]*)"')


def search(texts: Column, query: str) -> tuple[int, ...]:
    """The rows whose text holds every syllable of ``query``; words in double quotes side by side.

    ``texts``: shape (rows,), None for none. Whole syllables are compared, capitals and the place of
    a tone are not. A query without any tone or mark finds texts as if they had none ("chuyen doi"
    finds "chuyển đổi"); one with a mark finds what is written with it. A query without a syllable
    finds nothing.
    """
    plain = bare(query) == composed(query)
    form = bare if plain else folded
    phrases = [
        *(form(each) for each in QUOTED.findall(query)),
        *form(QUOTED.sub(" ", query)).split(),
    ]
    wanted = [words for phrase in phrases if (words := syllables(phrase))]
    if not wanted:
        return ()
    rows, found = pd.factorize(pd.Series(texts, dtype=object).to_numpy())
    hits = np.array([_holds(form(str(text)), wanted) for text in found] + [False], dtype=np.bool_)
    return tuple(np.flatnonzero(hits[rows]).tolist())


def _holds(text: str, wanted: Sequence[Sequence[str]]) -> bool:
    """Syllables as one text with a space around each, so that a phrase is a part of it."""
    inside = f" {' '.join(syllables(text))} "
    return all(f" {' '.join(words)} " in inside for words in wanted)
