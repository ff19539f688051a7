"""Telling people, each once, as each of them wants."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.inbox.enums import NoticeKind, Way
from surveys.inbox.services import (
    HourUnknown,
    LanguageUnknown,
    News,
    PlaceUnknown,
    WayUnknown,
    WordsMissing,
    notify,
    set_preferences,
)
from surveys.live.models import LiveMessage
from surveys.models import Notice, User
from tests.factories import UserFactory
from tests.surveys.inbox.factories import DATA, NOW, news, told

pytestmark = pytest.mark.django_db


def test_who_is_told_has_an_unread_notice_with_what_its_sentence_needs():
    person = UserFactory()

    assert notify(NoticeKind.ASSIGNED, [news(person)], event="audit:1", at=NOW) == 1

    notice = Notice.objects.get(user=person)
    assert (notice.kind, notice.about, notice.url) == ("assigned", "assignment:1", "/agencies/")
    assert (notice.data, notice.at, notice.read_at) == (DATA, NOW, None)


def test_told_twice_of_one_event_a_person_has_one_notice():
    person = UserFactory()
    notify(NoticeKind.ASSIGNED, [news(person)], event="audit:1", at=NOW)

    assert notify(NoticeKind.ASSIGNED, [news(person)], event="audit:1", at=NOW) == 0
    assert Notice.objects.count() == 1


def test_one_news_given_twice_at_once_makes_one_notice():
    person = UserFactory()

    assert notify(NoticeKind.ASSIGNED, [news(person)] * 2, event="audit:1", at=NOW) == 1


def test_another_event_about_the_same_is_told_too():
    person = UserFactory()
    told(person, NoticeKind.RETURNED, event="audit:1")
    told(person, NoticeKind.RETURNED, event="audit:2")

    assert Notice.objects.count() == 2


def test_who_wants_none_of_a_kind_is_not_told():
    person = UserFactory()
    set_preferences(person, {NoticeKind.ASSIGNED: Way.OFF}, hour=7, actor=person, at=NOW)

    assert notify(NoticeKind.ASSIGNED, [news(person)], event="audit:1", at=NOW) == 0
    assert notify(NoticeKind.RETURNED, [news(person)], event="audit:2", at=NOW) == 1


@pytest.mark.parametrize(
    ("ways", "way"),
    [
        ({}, Way.AT_ONCE),
        ({"": Way.WEEKLY}, Way.WEEKLY),
        ({"": Way.OFF, NoticeKind.RETURNED: Way.PAGE}, Way.PAGE),
        ({NoticeKind.SIGNED: Way.OFF}, Way.AT_ONCE),
    ],
)
def test_a_notice_goes_as_chosen_for_its_kind_else_for_all_else_as_recommended(ways, way):
    person = UserFactory()
    set_preferences(person, ways, hour=7, actor=person, at=NOW)

    assert told(person, NoticeKind.RETURNED).way == way


def test_whoever_is_told_hears_it_live_once():
    person = UserFactory()
    news_of_two = [news(person), news(person, "assignment:2")]

    notify(NoticeKind.ASSIGNED, news_of_two, event="audit:1", at=NOW)
    notify(NoticeKind.ASSIGNED, news_of_two, event="audit:1", at=NOW)

    assert [(m.topic, m.paths) for m in LiveMessage.objects.all()] == [
        (f"inbox:{person.pk}", ["new"])
    ]


def test_data_that_do_not_fill_the_sentence_are_a_mistake_of_the_program():
    with pytest.raises(WordsMissing, match="due_on"):
        notify(
            NoticeKind.ASSIGNED,
            [News(UserFactory().pk, "assignment:1", "/", {"agency": "A", "campaign": "B"})],
            event="audit:1",
            at=NOW,
        )


def test_news_about_what_nobody_can_open_are_a_mistake_of_the_program():
    with pytest.raises(PlaceUnknown):
        notify(NoticeKind.ASSIGNED, [news(UserFactory(), "moon:1")], event="audit:1", at=NOW)


def test_notices_not_mailed_yet_follow_a_new_choice():
    person = UserFactory()
    notice = told(person, NoticeKind.RETURNED)

    set_preferences(person, {NoticeKind.RETURNED: Way.DAILY}, hour=7, actor=person, at=NOW)

    assert Notice.objects.get(pk=notice.pk).way == Way.DAILY


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"ways": {"nothing": Way.OFF}}, WayUnknown),
        ({"ways": {"": "pigeon"}}, WayUnknown),
        ({"hour": 24}, HourUnknown),
        ({"language": "xx"}, LanguageUnknown),
    ],
)
def test_a_choice_that_does_not_exist_is_refused(wrong, refusal):
    person = UserFactory()

    with pytest.raises(refusal):
        set_preferences(person, **{"ways": {}, "hour": 7, "actor": person, "at": NOW, **wrong})


def test_two_thousand_people_are_told_in_few_queries_and_batches_of_inserts():
    people = User.objects.bulk_create(
        User(email=f"nguoi-{number}@example.gov.vn") for number in range(2000)
    )
    with CaptureQueriesContext(connection) as captured:
        assert notify(NoticeKind.ASSIGNED, map(news, people), event="audit:1", at=NOW) == 2000

    said = [query["sql"] for query in captured if "pg_notify" not in query["sql"]]
    made = [sql.split()[0] for sql in said if sql[0] in "SI"]
    assert made.count("SELECT") == 4
    assert made.count("INSERT") < 50
