"""What a control was rendered with travels as an opaque signature."""

from surveys.engine import Cell
from surveys.rendering import Seen, read, sign


def test_a_signature_brings_back_what_was_seen():
    seen = Seen(Cell("24", "", ""), "lý do", "giải trình")

    assert read("staff", sign("staff", seen)) == seen


def test_an_empty_cell_is_brought_back_too():
    assert read("staff", sign("staff", Seen())) == Seen()


def test_a_signature_holds_for_its_path_only():
    assert read("women", sign("staff", Seen(Cell("24")))) is None


def test_a_forged_signature_is_nothing():
    assert read("staff", "W10:forged") is None
