"""Themes of texts."""

from analytics.methods.descriptive import Answers
from analytics.methods.descriptive.texts import suggested_themes, theme_counts


def test_themes_are_counted_over_coded_texts():
    found = theme_counts(Answers(["staff funds", "staff", "", None]), ["staff", "funds", "law"])

    assert [(each.code, each.n, each.share.value) for each in found.themes] == [
        ("staff", 2, 2 / 3),
        ("funds", 1, 1 / 3),
        ("law", 0, 0.0),
    ]
    assert (found.base.n, found.base.blank, found.without) == (3, 1, 1)
    assert found.together == ((2, 1, 0), (1, 1, 0), (0, 0, 0))


def test_texts_of_those_not_asked_are_passed_over():
    found = theme_counts(Answers(["staff", "staff"], asked=[True, False]), ["staff"])

    assert (found.themes[0].n, found.together) == (1, ((1,),))


def test_nothing_is_coded_yet():
    found = theme_counts(Answers([None]), ["staff"])

    assert (found.base.n, found.themes[0].share.value, found.together) == (0, None, ((0,),))


def test_suggestions_follow_searches():
    texts = ["thiếu nhân lực và kinh phí", "kinh phí", None, "khác"]
    rules = {"staff": ['"nhân lực"', "cán bộ"], "funds": ["kinh phí"]}

    assert suggested_themes(texts, rules) == ("staff funds", "funds", "", "")
