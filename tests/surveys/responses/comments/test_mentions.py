"""Whom a text names."""

import pytest

from surveys.responses.comments.mentions import Piece, mentioned_in, pieces

PEOPLE = {
    1: ("Hoàng Văn Nam", "nam@example.vn"),
    2: ("Hoàng Văn", "van@example.vn"),
    3: ("Lò Mai", "mai@example.vn"),
    4: ("Lò Mai", "lomai@example.vn"),
}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@Hoàng Văn Nam xem giúp", {1}),
        ("xem giúp (@hoang van nam)", {1}),
        ("@Hoàng Văn, xem giúp", {2}),
        ("@nam@example.vn, @van@example.vn.", {1, 2}),
        ("@NAM@example.vn", {1}),
        ("@Lò Mai", set()),
        ("@lomai@example.vn", {4}),
        ("Hoàng Văn Nam", set()),
        ("nam@example.vn", set()),
        ("@Nam", set()),
        ("@", set()),
        ("", set()),
    ],
)
def test_a_name_or_an_address_after_an_at_names_a_person(text, named):
    assert mentioned_in(text, PEOPLE) == named


def test_what_names_somebody_is_marked_and_nothing_is_lost():
    text = "Hỏi @Hoàng Văn Nam nhé, không phải @ai.\n<b>@Lò Mai</b>"

    found = pieces(text, ["Hoàng Văn Nam", "Lò Mai"])

    assert "".join(piece.text for piece in found) == text
    assert [piece for piece in found if piece.is_mention] == [
        Piece("@Hoàng Văn Nam", is_mention=True),
        Piece("@Lò Mai", is_mention=True),
    ]


def test_a_text_of_signs_only_is_read_at_once():
    assert "".join(each.text for each in pieces("@a" * 1000, ["Lò Mai"])) == "@a" * 1000
