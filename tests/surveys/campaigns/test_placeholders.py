"""Texts with names in braces."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.campaigns.placeholders import UnknownName, filled, unknown_names


def test_names_are_filled_in():
    assert (
        filled("Gửi {agency}: {round}", {"agency": "Sở A", "round": "Quý I"}) == "Gửi Sở A: Quý I"
    )


def test_what_is_filled_in_is_not_read_again():
    assert filled("{agency}", {"agency": "{round}", "round": "Quý I"}) == "{round}"


def test_there_are_no_attributes_indices_or_formats():
    text = "{agency.__class__} {agency[0]} {agency!r} {agency:>9} {0} {}"

    assert filled(text, {"agency": "Sở A"}) == text
    assert [each.name for each in unknown_names(text, ["agency"])] == [
        "agency.__class__",
        "agency[0]",
        "agency!r",
        "agency:>9",
        "0",
        "",
    ]


def test_an_unknown_name_is_told_with_its_place():
    text = "Kính gửi {agency},\nhạn {deadlin} của {rond}"

    assert unknown_names(text, ["agency"]) == [
        UnknownName("deadlin", 2, 5),
        UnknownName("rond", 2, 19),
    ]


def test_a_brace_alone_is_text():
    assert unknown_names("tập {1; 2, hết và {", []) == []


@given(st.text(), st.text(alphabet="{}abc.\n"))
def test_any_text_can_be_filled(value, text):
    known = {"a": value}
    expected = text
    for name in known:
        expected = value.join(expected.split(f"{{{name}}}"))

    assert filled(text, known) == expected
