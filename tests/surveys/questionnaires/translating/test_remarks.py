"""What a translation has that its source has not."""

import pytest

from surveys.questionnaires.translating.remarks import Fault, remarks_on

NAMES = {"staff", "women"}


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("Số người", "People", []),
        ("Trong ${staff} người", "Of ${staff} people", []),
        ("Trong ${staff} người", "Of ${ staff } people", []),
        ("Trong ${staff} người", "Of the people", [(Fault.REFERENCE_MISSING, "staff")]),
        (
            "Trong ${staff}",
            "Of ${staf}",
            [(Fault.REFERENCE_MISSING, "staff"), (Fault.REFERENCE_UNKNOWN, "staf")],
        ),
        ("Bao nhiêu?", "How many of ${women}?", [(Fault.REFERENCE_ADDED, "women")]),
        (
            "Trong ${staff}",
            "Of ${staff",
            [(Fault.REFERENCE_MISSING, "staff"), (Fault.REFERENCE_BROKEN, "")],
        ),
        ("<b>Số</b> người", "<b>Number</b> of people", []),
        ("<b>Số</b> người", "Number of people", [(Fault.MARKUP, "")]),
        ("**Số** người", "**Number of people", [(Fault.MARKUP, "")]),
        ("a < b", "a < b and c > d", []),
        ("Một\nhai", "One two", [(Fault.LINES, "")]),
        ("Số", "Number ", [(Fault.BLANKS, "")]),
        ("Số ", "Number ", []),
        ("Số", "x" * 62, []),
        ("Số", "x" * 63, [(Fault.LONG, "")]),
        ("x" * 100, "y" * 200, []),
        ("x" * 100, "y" * 201, [(Fault.LONG, "")]),
        ("Trong ${staff}", "", []),
        ("Trong ${staff}", " ", []),
        ("", "People ", []),
    ],
)
def test_a_translation_is_remarked_on(source, translation, expected):
    found = remarks_on(source, translation, NAMES)

    assert [(each.fault, each.name) for each in found] == expected


def test_what_makes_respondents_read_something_wrong_is_grave():
    (missing, unknown, blank) = remarks_on("Trong ${staff}", "Of ${staf} ", NAMES)

    assert [missing.is_grave, unknown.is_grave, blank.is_grave] == [True, True, False]
