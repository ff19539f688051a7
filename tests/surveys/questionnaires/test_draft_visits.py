"""Who is at a draft."""

from datetime import timedelta

import pytest
from django.urls import reverse

from surveys.models import DraftVisit
from surveys.organisations.enums import DepartmentRoleName
from surveys.questionnaires.queries import others_at
from surveys.questionnaires.services import BEAT, PRESENT, note_visit
from tests.factories import UserFactory, department_person
from tests.surveys.questionnaires.factories import NOW, imported

pytestmark = pytest.mark.django_db


def others(draft, person, at=NOW):
    return [(each.person, each.node) for each in others_at(draft, person, since=at - PRESENT)]


def test_others_are_told_and_not_oneself():
    draft, me, linh = imported(), UserFactory(), UserFactory()
    note_visit(draft, node="a", actor=me, at=NOW)
    note_visit(draft, node="b", actor=linh, at=NOW)

    assert others(draft, me) == [(linh, "b")]


def test_a_person_has_one_place():
    draft, linh = imported(), UserFactory()
    note_visit(draft, node="a", actor=linh, at=NOW)
    note_visit(draft, node="b", actor=linh, at=NOW + BEAT)

    assert others(draft, UserFactory()) == [(linh, "b")]


def test_who_says_nothing_for_three_beats_is_gone():
    draft, linh = imported(), UserFactory()
    note_visit(draft, node="a", actor=linh, at=NOW)

    assert others(draft, UserFactory(), at=NOW + PRESENT + timedelta(seconds=1)) == []


def test_nothing_is_kept_of_who_has_left():
    draft, me, linh = imported(), UserFactory(), UserFactory()
    note_visit(draft, node="a", actor=linh, at=NOW)
    note_visit(draft, node="a", actor=me, at=NOW + PRESENT + timedelta(seconds=1))

    assert list(DraftVisit.objects.values_list("person", flat=True)) == [me.pk]


def test_a_heartbeat_is_answered_by_the_others(client):
    draft = imported()
    client.force_login(
        department_person(DepartmentRoleName.DESIGNER, owner=draft.questionnaire.owner)
    )
    address = reverse("draft_here", args=["to-chuc"])
    client.post(address, {"at": "x"})
    linh = department_person(DepartmentRoleName.DESIGNER, owner=draft.questionnaire.owner)
    linh.full_name = "Ngô Thị <Linh>"
    linh.save()
    client.force_login(linh)
    client.post(address, {"at": '"><b>'})
    client.force_login(
        department_person(DepartmentRoleName.DESIGNER, owner=draft.questionnaire.owner)
    )

    answer = client.post(address, {"at": ""})

    page = answer.content.decode()
    assert page.count("data-at=") == 2
    assert ("<Linh>" in page, "<b>" in page, answer["X-Revision"]) == (False, False, "0")


def test_a_place_that_is_no_plain_text_is_kept_without_it():
    draft, linh = imported(), UserFactory()

    note_visit(draft, node="a\0b", actor=linh, at=NOW)

    assert others(draft, UserFactory()) == [(linh, "ab")]
