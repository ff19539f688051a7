"""How long the answers in words are, and which are the same."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.methods.descriptive.columns import Answers, Base, tally
from analytics.methods.descriptive.numbers.summary import NumberSummary, number_summary
from analytics.methods.descriptive.texts.words import composed, syllables


@dataclass(frozen=True, slots=True)
class TextSummary:
    """``characters`` and ``words`` (syllables and numbers) of each text, as numbers.

    ``repeated`` texts say word for word what another says. Nothing here is weighted.
    """

    base: Base
    characters: NumberSummary
    words: NumberSummary
    repeated: int

    @property
    def n(self) -> int:
        """Texts answered."""
        return self.base.answered


def text_summary(answers: Answers) -> TextSummary:
    """Lengths of a column of texts. A text of spaces only is blank; otherwise as ``single_choice``."""
    column = pd.Series(answers.column, dtype=object)
    trimmed = column.where(column.isna(), column.astype(str).str.strip())
    read = Answers(trimmed, asked=answers.asked, missing=answers.missing)
    found = tally(read, answers.missing)
    valid = list(range(len(answers.missing), len(found.labels)))
    texts = [composed(found.labels[place]) for place in valid]
    times = found.counts[valid]
    characters = np.repeat([float(len(text)) for text in texts], times)
    words = np.repeat([float(len(syllables(text))) for text in texts], times)
    same = pd.Series(times).groupby(np.array(texts, dtype=object)).sum()
    return TextSummary(
        found.base(valid, answers.missing),
        number_summary(Answers(characters)),
        number_summary(Answers(words)),
        repeated=int(same[same > 1].sum()),
    )
