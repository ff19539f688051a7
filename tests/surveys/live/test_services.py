from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from surveys.live.models import LiveMessage
from surveys.live.services import prune, publish

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_a_message_says_what_changed_on_which_topic():
    message = publish("round:12", ["progress", "status"], at=NOW)

    assert message.as_json() == {
        "id": message.pk,
        "topic": "round:12",
        "paths": ["progress", "status"],
    }


@pytest.mark.django_db(transaction=True)
def test_a_change_of_state_that_is_undone_tells_nobody():
    with transaction.atomic():
        publish("round:12", [], at=NOW)
        transaction.set_rollback(True)

    assert not LiveMessage.objects.exists()


@pytest.mark.django_db
def test_a_very_long_list_of_paths_is_kept_whole():
    paths = [f"table/{row}/column" for row in range(2_000)]

    message = publish("response:3", paths, at=NOW)

    assert LiveMessage.objects.get(pk=message.pk).paths == paths


@pytest.mark.django_db
def test_messages_are_kept_for_an_hour():
    publish("round:1", [], at=NOW - timedelta(minutes=61))
    kept = publish("round:1", [], at=NOW - timedelta(minutes=59))

    assert prune(at=NOW) == 1

    assert list(LiveMessage.objects.all()) == [kept]
