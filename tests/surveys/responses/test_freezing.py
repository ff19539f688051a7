"""What is frozen depends on the answers alone, and survives the erasure of personal data."""

import json
from datetime import timedelta

import pytest

from surveys.models import ErasableAnswer
from surveys.responses.services import (
    CellEdit,
    add_row,
    is_intact,
    return_to_draft,
    send_for_signature,
    sign,
)
from surveys.responses.services.freezing import salted_digest, sha256
from tests.factories import UserFactory
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import finished, save, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def response():
    """A finished draft with one contact."""
    response = finished()
    row = add_row(response, repeat="contacts", edit_id="add", actor=None, at=NOW).row
    save(response, "contact", CellEdit(f"contacts/{row}/contact_name", "Giàng A Páo"))
    return response


def send(response, **kwargs):
    """The revision of sending it."""
    return send_for_signature(response, **{"actor": None, "at": NOW, **kwargs})


def test_the_hash_is_that_of_the_text(response):
    revision = send(response)

    assert revision.sha256 == sha256(revision.canonical)


def test_the_text_is_canonical_json(response):
    revision = send(response)

    content = json.loads(revision.canonical)
    again = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert again == revision.canonical


def test_the_text_holds_what_was_answered_by_whom_and_to_what(response):
    content = json.loads(send(response).canonical)

    assert content["answers"]["staff"] == "10"
    assert content["answers"]["men"] == "6"
    assert content["agency"]["key"] == response.assignment.agency.key
    assert content["round"]["code"] == response.assignment.round.code
    assert content["questionnaire"]["version"] == 1
    assert len(content["questionnaire"]["sha256"]) == 64
    assert content["evidence"] == []


def test_remarks_are_frozen_with_the_answers(response):
    save(response, "code", CellEdit("women", seen=seen("4"), missing="CCSL", reason="Đang chờ"))

    content = json.loads(send(response).canonical)

    assert content["remarks"] == {"women": {"missing": "CCSL", "reason": "Đang chờ"}}
    assert "women" not in content["answers"]


def test_the_same_answers_have_the_same_hash_whoever_freezes_them_and_when(response):
    first = send(response)
    return_to_draft(response, actor=UserFactory.create(), at=NOW, reason="Xem lại")

    second = send(response, actor=UserFactory.create(), at=NOW + timedelta(days=1))

    assert second.sha256 == first.sha256


def test_another_answer_has_another_hash(response):
    first = send(response)
    return_to_draft(response, actor=UserFactory.create(), at=NOW, reason="Xem lại")
    save(response, "note", CellEdit("note", "thêm"))

    assert send(response).sha256 != first.sha256


def test_personal_data_stands_in_the_text_as_a_salted_digest(response):
    revision = send(response)

    erasable = ErasableAnswer.objects.get(revision=revision)
    (contact,) = json.loads(revision.canonical)["answers"]["contacts"]
    assert contact["contact_name"] == {
        "#digest": salted_digest(erasable.path, erasable.salt, "Giàng A Páo")
    }
    assert "Giàng" not in revision.canonical


def test_erasing_personal_data_keeps_hash_and_signature(response):
    send(response)
    revision = sign(response, actor=None, at=NOW)

    ErasableAnswer.objects.all().delete()

    assert is_intact(revision)


def test_a_changed_text_is_noticed(response):
    revision = send(response)

    revision.canonical = revision.canonical.replace('"staff":"10"', '"staff":"11"')

    assert not is_intact(revision)


def test_a_changed_personal_answer_is_noticed(response):
    revision = send(response)

    ErasableAnswer.objects.update(value="Người khác")

    assert not is_intact(revision)
