"""Saying something about a place of a response."""

from datetime import timedelta

import pytest

from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.live.models import LiveMessage
from surveys.models import Comment, Job, Notice
from surveys.organisations.enums import MembershipRole
from surveys.questionnaires.queries import form_of
from surveys.responses.comments import notifications
from surveys.responses.comments.queries import Talk, people_to_mention, talks_of
from surveys.responses.comments.services import (
    CommentEmpty,
    CommentOfAnother,
    CommentPlaceUnknown,
    CommentTooLong,
    CommentUnreadable,
    MentionUnknown,
    add_comment,
    erase_texts,
    reopen_comments,
    resolve_comments,
    withdraw_comment,
)
from tests.factories import MembershipFactory, UserFactory, member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def response():
    return draft()


@pytest.fixture
def lan(response):
    return colleague(response, "Trần Thị Lan")


@pytest.fixture
def nam(response):
    return colleague(response, "Hoàng Văn Nam", MembershipRole.CONTRIBUTOR)


def colleague(response, name, role=MembershipRole.COORDINATOR):
    person = member(response.assignment.agency, role)
    person.full_name = name
    person.save()
    return person


def say(response, actor, text="Số này lấy ở đâu?", path="staff", at=NOW, **kwargs):
    return add_comment(response, path=path, text=text, actor=actor, at=at, **kwargs)


def counts(response):
    return talks_of(response.assignment_id).by_path


def test_a_comment_stands_at_its_place_and_is_recorded_without_its_text(response, lan):
    comment = say(response, lan, "  Số này\r\nlấy ở đâu? ")

    event = AuditEvent.objects.get(kind=Event.COMMENT_ADDED)
    assert (comment.path, comment.text, comment.author) == ("staff", "Số này\nlấy ở đâu?", lan)
    assert event.data == {"response": response.pk, "path": "staff", "mentioned": []}


@pytest.mark.parametrize(
    "path", ["staff", "men", "budget", "budget/oda/planned", "contacts", "contacts/a1/contact_name"]
)
def test_questions_cells_tables_and_lists_can_be_commented(response, lan, path):
    say(response, lan, path=path)

    assert counts(response) == {path: Talk(1, 1)}


@pytest.mark.parametrize("path", ["", "nothing", "budget/oda", "staff/1/2/3", "x" * 300])
def test_other_places_cannot(response, lan, path):
    with pytest.raises(CommentPlaceUnknown):
        say(response, lan, path=path)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (" \n", CommentEmpty),
        ("x" * 2001, CommentTooLong),
        ("a\0b", CommentUnreadable),
    ],
)
def test_what_is_no_note_is_refused(response, lan, text, refusal):
    with pytest.raises(refusal):
        say(response, lan, text)


def test_a_live_message_says_that_and_not_where(response, lan):
    say(response, lan)

    message = LiveMessage.objects.latest("pk")
    assert (message.topic, message.paths) == (f"response:{response.pk}", ["comments"])


def test_a_name_in_the_text_is_a_mention(response, lan, nam):
    comment = say(response, lan, "@hoang van nam xem giúp")

    assert list(comment.mentions.all()) == [nam]


def test_of_two_people_of_one_name_the_chosen_one_is_meant(response, lan, nam):
    colleague(response, "Hoàng Văn Nam")

    comment = say(response, lan, "@Hoàng Văn Nam xem giúp", mentioned=[nam.pk])

    assert list(comment.mentions.all()) == [nam]


def test_nobody_outside_of_the_agency_can_be_mentioned(response, lan):
    with pytest.raises(MentionUnknown):
        say(response, lan, mentioned=[UserFactory().pk])


def test_only_the_author_withdraws_and_then_the_text_is_gone(response, lan, nam):
    comment = say(response, lan, "@Hoàng Văn Nam")
    with pytest.raises(CommentOfAnother):
        withdraw_comment(comment, actor=nam, at=LATER)

    withdraw_comment(comment, actor=lan, at=LATER)

    comment.refresh_from_db()
    assert (comment.text, comment.withdrawn_at, comment.mentions.count()) == ("", LATER, 0)
    assert counts(response) == {}


def test_withdrawing_twice_is_recorded_once(response, lan):
    comment = say(response, lan)
    for _ in range(2):
        withdraw_comment(comment, actor=lan, at=LATER)

    assert AuditEvent.objects.filter(kind=Event.COMMENT_WITHDRAWN).count() == 1


def test_a_thread_is_settled_as_a_whole_and_opened_again(response, lan, nam):
    say(response, lan)
    say(response, nam)

    assert resolve_comments(response, path="staff", actor=nam, at=LATER) == 2
    assert counts(response) == {"staff": Talk(2, 0)}
    assert reopen_comments(response, path="staff", actor=lan, at=LATER) == 2
    assert counts(response) == {"staff": Talk(2, 2)}


def test_settling_what_is_settled_records_nothing(response, lan):
    say(response, lan)
    for _ in range(2):
        resolve_comments(response, path="staff", actor=lan, at=LATER)

    assert AuditEvent.objects.filter(kind=Event.COMMENTS_RESOLVED).count() == 1


def test_what_is_said_later_opens_the_thread(response, lan):
    say(response, lan)
    resolve_comments(response, path="staff", actor=lan, at=NOW)

    say(response, lan, at=LATER)

    assert counts(response) == {"staff": Talk(2, 2)}


def test_sections_count_open_comments_of_places_the_form_has(response, lan):
    say(response, lan)
    say(response, lan, path="budget/oda/planned")
    say(response, lan, path="budget")
    resolve_comments(response, path="staff", actor=lan, at=NOW)
    Comment.objects.create(response=response, path="gone", text="?", author=lan, at=NOW)

    by_section = talks_of(response.assignment_id).open_by_section(form_of(response.version))

    assert by_section == {"budget_page": 2}


def test_comments_are_counted_in_one_query(response, lan, django_assert_num_queries):
    for path in ("staff", "women", "budget/oda/planned"):
        say(response, lan, path=path)

    with django_assert_num_queries(1):
        assert len(counts(response)) == 3


def test_everybody_of_the_agency_can_be_mentioned_whatever_the_role(response, lan, nam):
    signatory = colleague(response, "Vũ Đức Long", MembershipRole.SIGNATORY)
    MembershipFactory(
        user=signatory, agency=response.assignment.agency, role=MembershipRole.REVIEWER
    )
    colleague(draft(), "Người Khác")

    found = people_to_mention(response.assignment.agency_id, day=NOW.date())

    assert found == [lan, signatory, nam]


def told(response):
    event = AuditEvent.objects.get(kind=Event.COMMENT_ADDED)
    notifications.tell_of_mention(event, at=NOW)
    return notifications.tell_of_mention(event, at=NOW)


def test_who_is_mentioned_is_told_once_and_without_the_text(response, lan, nam):
    comment = say(response, lan, "@Hoàng Văn Nam @Hoàng Văn Nam bí mật")

    assert told(response) == 0
    notice = Notice.objects.get()
    assert (notice.user, notice.kind) == (nam, "mentioned")
    assert notice.url.endswith(f"/comments/?comment={comment.pk}")
    assert ("Trần Thị Lan" in notice.sentence, "bí mật" in str(notice.data)) == (True, False)


def test_nobody_is_told_of_their_own_mention(response, lan):
    say(response, lan, "@Trần Thị Lan nhớ nhé")
    told(response)

    assert not Notice.objects.exists()


def test_nobody_is_told_of_what_was_withdrawn(response, lan, nam):
    withdraw_comment(say(response, lan, "@Hoàng Văn Nam"), actor=lan, at=NOW)
    told(response)

    assert not Notice.objects.exists()


def test_who_has_left_the_agency_is_not_told(response, lan, nam):
    say(response, lan, "@Hoàng Văn Nam")
    nam.memberships.all().delete()
    told(response)

    assert not Notice.objects.exists()


def test_a_comment_starts_the_job_that_tells(response, lan):
    say(response, lan)

    assert [job.task for job in Job.objects.all()] == ["surveys.responses.tasks.tell_of_mention"]


def test_erasing_takes_the_texts_and_whom_they_named(response, lan, nam):
    kept = say(response, lan, "còn", path="women")
    gone = say(response, lan, "@Hoàng Văn Nam mất", path="staff")

    assert erase_texts(response.pk, lambda path: path == "staff") == 1

    gone.refresh_from_db()
    kept.refresh_from_db()
    assert (gone.text, gone.mentions.count(), kept.text) == ("", 0, "còn")
