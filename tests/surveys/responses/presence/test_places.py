"""What a browser says of where somebody is."""

import pytest

from surveys.questionnaires.queries import form_of
from surveys.responses.presence.places import Place, PlaceUnknown, place_in, tab_in
from tests.surveys.responses.factories import open_assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def form():
    return form_of(open_assignment().version)


@pytest.mark.parametrize(
    ("section", "path"),
    [
        ("", ""),
        ("people", ""),
        ("people", "staff"),
        ("budget_page", "budget/oda/planned"),
        ("contacts_page", "contacts/a1b2c3/contact_name"),
    ],
)
def test_a_cell_of_a_section_is_a_place(form, section, path):
    assert place_in(form, section, path) == Place(section, path)


@pytest.mark.parametrize(
    ("section", "path"),
    [
        ("nowhere", ""),
        ("people", "nothing"),
        ("people", "budget/oda/planned"),
        ("", "staff"),
        ("people", "staff/"),
        ("budget_page", "budget/oda"),
        ("budget_page", "budget/" + "x" * 200 + "/planned"),
        ("contacts_page", "contacts/a\0b/contact_name"),
        ("people", ["staff"]),
        (None, None),
        (7, ""),
    ],
)
def test_anything_else_is_none(form, section, path):
    with pytest.raises(PlaceUnknown):
        place_in(form, section, path)


@pytest.mark.parametrize("tab", ["", "A", "a" * 17, "<b>", None, "a\n"])
def test_a_page_has_a_short_plain_name(tab):
    with pytest.raises(PlaceUnknown):
        tab_in(tab)
