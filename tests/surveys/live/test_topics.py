import pytest

from surveys.live.topics import group_of, may_listen
from surveys.organisations.models import User

HERE = "tests.surveys.live.test_topics"
TABLE = {
    "round": lambda people, number: {
        person.pk for person in people if (person.email, number) == ("lan@example.vn", 12)
    }
}


@pytest.fixture(autouse=True)
def _table(settings):
    settings.LIVE_TOPICS = f"{HERE}.TABLE"


def test_the_table_says_who_may_listen():
    assert may_listen(User(pk=7, email="lan@example.vn"), "round:12") is True


@pytest.mark.parametrize(
    "topic",
    [
        "round:13",
        "round:012x",
        "round:",
        "round",
        "",
        ":12",
        "export:12",
        "ROUND:12",
        "round:\uff11\uff12",
    ],
)
def test_nobody_may_listen_to_anything_else(topic):
    assert may_listen(User(pk=7, email="lan@example.vn"), topic) is False


def test_a_disabled_account_may_listen_to_nothing():
    assert may_listen(User(pk=7, email="lan@example.vn", is_active=False), "round:12") is False


def test_a_topic_has_a_group_in_the_channel_layer():
    assert group_of("round:12") == "live.round.12"
