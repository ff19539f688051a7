import io
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.audit.sealing import Break, seal_all, seal_batch, verify
from surveys.audit.services import record
from surveys.organisations.models import User

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return User.objects.create_user("lan@example.vn")


@pytest.fixture
def events(person):
    return [
        record(Event.SIGNED_IN, person, actor=person, at=NOW, data={"n": n, "tên": "Hoà"})
        for n in range(5)
    ]


def tamper(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.usefixtures("events")
def test_positions_run_from_one_without_gaps():
    assert seal_all() == 5

    positions = AuditEvent.objects.sealed().values_list("position", flat=True)
    assert list(positions) == [1, 2, 3, 4, 5]


@pytest.mark.usefixtures("events")
def test_a_batch_leaves_the_rest_unsealed():
    seal_batch(size=2)

    verdict = verify()
    assert (verdict.sealed, verdict.unsealed) == (2, 3)


@pytest.mark.usefixtures("events")
def test_an_untouched_chain_holds_over_several_batches():
    while seal_batch(size=2):
        pass

    assert verify().breaks == ()


@pytest.mark.usefixtures("events")
def test_a_changed_event_is_found():
    seal_all()
    tamper("UPDATE surveys_auditevent SET kind = 'other' WHERE position = 3")

    assert verify().breaks == (Break(3, "changed"),)


@pytest.mark.usefixtures("events")
def test_a_removed_event_is_found():
    seal_all()
    tamper("DELETE FROM surveys_auditevent WHERE position = 3")

    assert verify().breaks == (Break(3, "gap"),)


@pytest.mark.usefixtures("events")
def test_an_event_with_a_lower_id_that_was_committed_late_is_sealed_later(person):
    seal_all()
    record(Event.SIGNED_OUT, person, actor=person, at=NOW)
    tamper("UPDATE surveys_auditevent SET id = 0 WHERE position IS NULL")

    seal_all()

    assert AuditEvent.objects.get(pk=0).position == 6
    assert verify().breaks == ()


@pytest.mark.usefixtures("events")
def test_an_event_is_sealed_once():
    seal_all()
    event = AuditEvent.objects.sealed()[0]

    assert AuditEvent.objects.add_seal(event, position=99, seal="0" * 64) is False


@pytest.mark.usefixtures("events")
def test_the_command_prints_the_last_seal_to_note_elsewhere():
    out = io.StringIO()

    call_command("verify_audit", "--seal", stdout=out)

    head = AuditEvent.objects.get(position=5).seal
    assert f"5 events sealed, 0 not sealed yet; the last seal is 5:{head}" in out.getvalue()


@pytest.mark.usefixtures("events")
def test_the_command_fails_where_the_chain_does_not_hold():
    seal_all()
    tamper("UPDATE surveys_auditevent SET request_id = 'x' WHERE position = 2")

    with pytest.raises(CommandError, match="does not hold at 1 places"):
        call_command("verify_audit", stderr=io.StringIO())


@pytest.mark.usefixtures("events")
def test_a_noted_seal_shows_that_the_end_was_cut_off():
    seal_all()
    noted = f"5:{AuditEvent.objects.get(position=5).seal}"
    tamper("DELETE FROM surveys_auditevent WHERE position = 5")

    with pytest.raises(CommandError, match="position 5 is not in the chain"):
        call_command("verify_audit", "--known", noted)
