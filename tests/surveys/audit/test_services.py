from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from surveys.audit.enums import Event
from surveys.audit.models import AppendOnlyViolation, AuditEvent
from surveys.audit.services import record
from surveys.audit.signals import event_recorded
from surveys.common.request_ids import CURRENT
from surveys.organisations.models import User

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return User.objects.create_user("lan@example.vn", full_name="Trần Thị Lan")


def test_an_event_says_who_did_what_to_which_record_and_when(person):
    event = record(Event.ACCOUNT_CREATED, person, actor=person, at=NOW)

    event.refresh_from_db()
    assert (event.kind, event.at, event.actor) == ("account.created", NOW, person)
    assert (event.subject_type, event.subject_id) == ("surveys.user", str(person.pk))


def test_what_nobody_did_by_hand_has_no_actor(person):
    assert record(Event.ROUND_CLOSED, person, actor=None, at=NOW).actor is None


def test_data_takes_dates_and_decimals(person):
    data = {"on": date(2026, 12, 25), "share": Decimal("12.50")}

    event = record(Event.ACCOUNT_CREATED, person, actor=None, at=NOW, data=data)

    event.refresh_from_db()
    assert event.data == {"on": "2026-12-25", "share": "12.50"}


def test_characters_that_a_database_refuses_do_not_keep_an_event_out(person):
    data = {"email": "a\x00b", "names": ["\ud800"]}

    event = record(Event.SIGN_IN_FAILED, person, actor=None, at=NOW, data=data)

    event.refresh_from_db()
    assert event.data == {"email": "a\ufffdb", "names": ["\ufffd"]}


def test_the_event_carries_the_id_of_the_request_in_hand(person):
    token = CURRENT.set("0123456789abcdef")
    event = record(Event.ACCOUNT_CREATED, person, actor=None, at=NOW)
    CURRENT.reset(token)

    assert event.request_id == "0123456789abcdef"


def test_receivers_hear_of_the_event(person):
    heard = []

    def listen(event, **_kwargs):
        heard.append(event)

    event_recorded.connect(listen)
    event = record(Event.ACCOUNT_CREATED, person, actor=None, at=NOW)
    event_recorded.disconnect(listen)

    assert heard == [event]


def test_a_failing_receiver_undoes_the_event(person):
    def fail(**_kwargs):
        raise RuntimeError("no job row")

    event_recorded.connect(fail)
    with pytest.raises(RuntimeError):
        record(Event.ACCOUNT_CREATED, person, actor=None, at=NOW)
    event_recorded.disconnect(fail)

    assert not AuditEvent.objects.exists()


def change_by_save(event):
    event.kind = "other"
    event.save()


CHANGES = {
    "save": change_by_save,
    "delete": lambda event: event.delete(),
    "update": lambda _: AuditEvent.objects.update(kind="other"),
    "delete many": lambda _: AuditEvent.objects.all().delete(),
    "bulk update": lambda event: AuditEvent.objects.bulk_update([event], ["kind"]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_recorded_event_cannot_be_changed(person, change):
    event = record(Event.ACCOUNT_CREATED, person, actor=None, at=NOW)

    with pytest.raises(AppendOnlyViolation):
        change(event)


def test_the_events_of_a_record_come_oldest_first(person):
    first = record(Event.ACCOUNT_CREATED, person, actor=None, at=NOW)
    other = User.objects.create_user("hoa@example.vn")
    record(Event.ACCOUNT_CREATED, other, actor=None, at=NOW)
    second = record(Event.SIGNED_IN, person, actor=person, at=NOW)

    assert list(AuditEvent.objects.of(person)) == [first, second]
