"""Lengths of texts."""

import pytest

from analytics.methods.descriptive import Answers
from analytics.methods.descriptive.texts import text_summary


def test_lengths_in_characters_and_in_words():
    found = text_summary(Answers([" Chậm quá ", "Thiếu nhân lực", "  ", None, "KAD", "chậm quá"]))

    assert (found.n, found.base.blank, found.base.missing["KAD"]) == (3, 2, 1)
    assert (found.characters.sum, found.words.sum, found.words.median.value) == (30.0, 7.0, 2.0)
    assert found.repeated == 2


def test_decomposed_letters_are_not_longer():
    assert text_summary(Answers(["ế"])).characters.sum == 1.0


@pytest.mark.parametrize("column", [[], [None], ["KAD"]])
def test_nobody_wrote(column):
    found = text_summary(Answers(column))

    assert (found.n, found.words.mean.value, found.repeated) == (0, None, 0)
