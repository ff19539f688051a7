"""The bell, the inbox and the preferences in pages."""

from datetime import timedelta

import pytest
from django.urls import reverse

from surveys.inbox.enums import NoticeKind, Way
from surveys.inbox.queries import MOST_SHOWN, digest_hour, own_ways, unread_count
from surveys.inbox.services import mark_read
from surveys.models import Membership, Notice, User
from tests.factories import UserFactory, member
from tests.surveys.campaigns.factories import AssignmentFactory
from tests.surveys.inbox.factories import NOW, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    """Somebody signed in."""
    user = UserFactory()
    client.force_login(user)
    return user


def listed(client, query: str = "") -> list[Notice]:
    """The notices on the first page."""
    return list(client.get(f"/inbox/{query}").context["page_obj"])


def shown(notice: Notice) -> Notice:
    """The notice as it stands in the database."""
    return Notice.objects.get(pk=notice.pk)


def test_the_bell_of_every_page_leads_to_the_inbox_and_counts_what_is_unread(client, person):
    mark_read(told(person, event="audit:1"), actor=person, at=NOW)
    told(person, event="audit:2")
    told(UserFactory(), event="audit:2")

    page = client.get("/agencies/").content.decode()

    assert 'href="/inbox/" aria-label="Thông báo, 1 chưa đọc"' in page
    assert f'data-live-topic="inbox:{person.pk}"' in page


def test_the_bell_costs_a_page_one_query(client, person, django_assert_num_queries):
    told(person)
    user = User.objects.get(pk=person.pk)

    with django_assert_num_queries(1):
        assert unread_count(user) == 1


def test_the_bell_counts_no_further_than_it_can_show(client, person):
    for number in range(MOST_SHOWN + 5):
        told(person, event=f"audit:{number}")

    assert ">99+</span>" in client.get(reverse("inbox_bell")).content.decode()


def test_strangers_have_no_bell(client):
    assert 'id="bell"' not in client.get("/sign-in/").content.decode()


def test_the_inbox_shows_the_own_notices_newest_first(client, person):
    first, second = (
        told(person, event="audit:1", at=NOW),
        told(person, event="audit:2", at=NOW + timedelta(hours=1)),
    )
    told(UserFactory(), event="audit:3")

    assert listed(client) == [second, first]


def test_the_inbox_is_filtered_by_kind_and_by_what_is_unread(client, person):
    read = told(person, NoticeKind.SENT)
    mark_read(read, actor=person, at=NOW)
    unread = told(person, NoticeKind.RETURNED)

    assert listed(client, "?unread=1") == [unread]
    assert listed(client, "?kind=sent") == [read]
    assert listed(client, "?kind=sent&unread=1") == []
    assert len(listed(client, "?kind=nonsense&unread=x&page=%00")) == 2


def test_an_empty_inbox_says_what_will_stand_there(client, person):
    assert 'class="empty"' in client.get("/inbox/").content.decode()


def test_a_page_of_the_inbox_asks_no_more_for_thirty_than_for_one(
    client, person, django_assert_max_num_queries
):
    for number in range(40):
        told(person, event=f"audit:{number}")

    with django_assert_max_num_queries(8):
        assert len(listed(client)) == 30


def test_a_notice_leads_to_its_place_and_is_read_then(client):
    assignment = AssignmentFactory.create()
    user = member(assignment.agency)
    client.force_login(user)
    notice = told(user, about=f"assignment:{assignment.pk}")

    answer = client.get(reverse("notice_open", args=[notice.pk]))

    assert (answer.status_code, answer.headers["Location"]) == (302, notice.url)
    assert shown(notice).read_at is not None


def test_a_notice_whose_place_was_closed_to_the_reader_says_so(client):
    assignment = AssignmentFactory.create()
    user = member(assignment.agency)
    client.force_login(user)
    notice = told(user, about=f"assignment:{assignment.pk}")
    Membership.objects.all().delete()

    answer = client.get(reverse("notice_open", args=[notice.pk]))

    assert (answer.status_code, "Không còn mở được" in answer.content.decode()) == (404, True)
    assert answer.templates[0].name == "inbox/unreachable.html"


def test_read_and_unread_can_be_set_and_one_stays_in_the_filtered_list(client, person):
    notice = told(person)

    answer = client.post(reverse("notice_read", args=[notice.pk]) + "?kind=assigned")
    assert answer.headers["Location"] == f"/inbox/?kind=assigned#notice-{notice.pk}"
    assert shown(notice).read_at is not None

    client.post(reverse("notice_unread", args=[notice.pk]))
    assert shown(notice).read_at is None


@pytest.mark.parametrize("name", ["notice_open", "notice_read", "notice_unread"])
def test_somebody_elses_notice_does_not_exist(name, client, person):
    notice = told(UserFactory())
    address = reverse(name, args=[notice.pk])

    answer = client.get(address) if name == "notice_open" else client.post(address)

    assert (answer.status_code, shown(notice).read_at) == (404, None)


def test_everything_is_marked_read_at_once_and_only_ones_own(client, person):
    own, other = told(person), told(UserFactory())

    client.post(reverse("inbox_all_read"))

    assert shown(own).read_at is not None
    assert shown(other).read_at is None


def test_a_choice_is_kept_and_shown_again(client, person):
    choice = {"way_": Way.WEEKLY, "way_sent": Way.OFF, "hour": "9", "language": "en"}

    answer = client.post("/inbox/preferences/", choice)

    assert answer.status_code == 302
    assert own_ways(person) == {"": "weekly", "sent": "off"}
    assert digest_hour(person) == 9
    assert User.objects.get(pk=person.pk).language == "en"
    form = client.get("/inbox/preferences/").context["form"]
    assert (form["way_sent"].value(), form["hour"].value()) == ("off", 9)


def test_nonsense_is_no_choice_and_changes_nothing(client, person):
    choice = {"way_": "pigeon", "hour": "25", "language": "xx"}

    answer = client.post("/inbox/preferences/", choice)

    assert (answer.status_code, set(answer.context["form"].errors)) == (
        422,
        {"way_", "hour", "language"},
    )
    assert own_ways(person) == {}
