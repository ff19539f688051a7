"""Which texts the grid shows, in which order."""

import pytest

from surveys.questionnaires.translating import grid
from surveys.questionnaires.translating.grid import Pair, Show, Wanted
from tests.surveys.questionnaires.translating.factories import PAIR, form, question, whole_form


def keys(wanted: Wanted, pair: Pair = PAIR) -> list[str]:
    return [text.key for text in grid.found_texts(whole_form(), pair, wanted)]


def test_what_is_missing_comes_first():
    assert keys(Wanted())[:5] == [
        "q1.label",
        "q2.required_message",
        "c2.label",
        "i.label",
        "root.title",
    ]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(Show.MISSING), ["q1.label", "q2.required_message", "c2.label", "i.label"]),
        (Wanted(Show.MISSING, "phan_a"), ["q1.label", "q2.required_message", "c2.label"]),
        (Wanted(section=grid.OUTSIDE), ["i.label", "root.title", "i.unit"]),
        (Wanted(words="de an"), ["q2.label"]),
        (Wanted(words="PEOPLE"), ["q1.unit"]),
        (Wanted(words="co_khong yes"), ["c1.label"]),
        (Wanted(words="nothing of that"), []),
        (Wanted(Show.FLAGGED), []),
    ],
)
def test_texts_are_filtered(wanted, expected):
    assert keys(wanted) == expected


def test_texts_with_remarks_can_be_looked_for():
    asked = question("q", label={"vi": "Số", "en": "Number "})

    found = grid.found_texts(form(asked), PAIR, Wanted(Show.FLAGGED))

    assert [text.key for text in found] == ["q.label"]


@pytest.mark.parametrize(
    ("languages", "target", "expected"),
    [
        (["vi", "en"], "", Pair("vi", "en")),
        (["vi", "en", "km"], "km", Pair("vi", "km")),
        (["vi", "en"], "xx", Pair("vi", "en")),
        (["vi", "en"], "vi", Pair("en", "vi")),
        (["vi"], "", Pair("vi", "")),
        (["vi"], "vi", Pair("vi", "")),
    ],
)
def test_one_translates_from_the_default_language_into_another(languages, target, expected):
    definition = form(languages=languages).definition

    assert grid.pair_of(definition, target) == expected


def test_progress_counts_each_language():
    found = grid.progress_of(whole_form())

    assert [(each.language, each.done, each.total, each.missing) for each in found] == [
        ("vi", 10, 10, 0),
        ("en", 6, 10, 4),
    ]


def test_the_missing_texts_of_all_languages_are_counted():
    assert grid.missing_in(form(question("q", label={"en": "Staff"}))) == 1


def same(*translations: str):
    """Questions that say the same in Vietnamese."""
    texts = [{"vi": "Có"} | ({"en": each} if each else {}) for each in translations]
    return form(*(question(f"q{n}", label=each) for n, each in enumerate(texts)))


def test_a_translation_tells_how_many_others_lack_it():
    found = same("Yes", "", "")

    rows = grid.rows_of(found, PAIR, grid.kept_texts(found, ["q0.label", "q1.label"]))

    assert [(row.twins, row.known) for row in rows] == [(2, ""), (0, "Yes")]


@pytest.mark.parametrize(
    ("translations", "expected"),
    [(("Yes", "", ""), 2), (("Yes", "Yep", ""), 0), (("", ""), 0), (("Yes", "Yes"), 0)],
)
def test_what_is_translated_elsewhere_in_one_way_can_be_taken(translations, expected):
    assert grid.known_in(same(*translations), PAIR) == expected


def test_a_text_without_a_source_shows_what_another_language_says():
    found = form(question("q", label={"en": "Staff"}), languages=["vi", "en", "km"])

    (row,) = grid.rows_of(found, Pair("vi", "km"), grid.kept_texts(found, ["q.label"]))

    assert (row.source, row.stand_in) == ("", ("en", "Staff"))


def test_texts_that_are_gone_are_left_out_of_what_is_drawn_anew():
    texts = grid.kept_texts(whole_form(), ["q2.label", "gone.label", "q1.label"])

    assert [text.key for text in texts] == ["q2.label", "q1.label"]


def test_a_page_holds_forty_texts_at_most():
    found = form(*(question(f"q{n}", label={"vi": "Số"}) for n in range(84)))

    pages = grid.pages_of(grid.found_texts(found, PAIR, Wanted()), PAIR)

    assert [len(page) for page in pages] == [40, 40, 5]


def test_a_page_of_long_texts_holds_fewer():
    found = form(*(question(f"q{n}", label={"vi": "x" * 20_000}) for n in range(3)))

    pages = grid.pages_of(grid.found_texts(found, PAIR, Wanted(words="xx")), PAIR)

    assert [len(page) for page in pages] == [1, 1, 1]
