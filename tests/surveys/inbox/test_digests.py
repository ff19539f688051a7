"""What people have not read, by mail."""

import json
from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from surveys.inbox.enums import NoticeKind, Way
from surveys.inbox.services import Sent, mark_read, send_digests, set_preferences
from surveys.mailing.models import OutgoingMail
from surveys.models import Notice, User
from tests.factories import UserFactory
from tests.surveys.inbox.factories import told

pytestmark = pytest.mark.django_db


def hanoi(day: int, hour: int, minute: int = 0) -> datetime:
    """A time of November 2026 in Viet Nam; the 20th is a Friday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def person(way: Way = Way.DAILY, *, hour: int = 8, language: str = "vi") -> User:
    """Somebody who wants everything in that way."""
    user = UserFactory(full_name="Trần Thị Bình")
    set_preferences(user, {"": way}, hour=hour, language=language, actor=user, at=hanoi(1, 8))
    return user


def test_a_digest_holds_what_was_told_before_its_hour():
    user = person(hour=8)
    told(user, event="audit:1", at=hanoi(20, 7, 59))
    told(user, event="audit:2", at=hanoi(20, 8))

    assert send_digests(at=hanoi(20, 8)) == Sent(mails=1, notices=1)
    mail = OutgoingMail.objects.get()
    assert (mail.about, mail.step, mail.to_address) == (
        f"digest:{user.pk}",
        "2026-11-20",
        user.email,
    )


def test_a_name_like_the_place_of_a_secret_link_holds_up_nobodys_digest():
    user = person()
    User.objects.filter(pk=user.pk).update(full_name="{{secret_link}}")
    told(user, at=hanoi(20, 7))
    told(person(), at=hanoi(20, 7))

    assert send_digests(at=hanoi(20, 8)).mails == 2


def test_before_the_hour_nothing_is_sent():
    told(person(hour=8), at=hanoi(20, 7, 30))

    assert send_digests(at=hanoi(20, 7, 59)) == Sent()


def test_a_second_run_sends_nothing():
    told(person(), at=hanoi(20, 7))
    send_digests(at=hanoi(20, 8))

    assert send_digests(at=hanoi(20, 8, 1)) == Sent()


def test_a_digest_whose_hour_was_missed_is_sent_by_the_next_run():
    told(person(hour=8), at=hanoi(19, 9))

    assert send_digests(at=hanoi(20, 15)).notices == 1


def test_a_person_has_one_digest_a_day_however_the_hour_is_changed():
    user = person(hour=8)
    told(user, event="audit:1", at=hanoi(20, 7))
    send_digests(at=hanoi(20, 8))
    told(user, event="audit:2", at=hanoi(20, 9))
    set_preferences(user, {"": Way.DAILY}, hour=10, actor=user, at=hanoi(20, 9))

    assert send_digests(at=hanoi(20, 10)) == Sent()
    assert send_digests(at=hanoi(21, 10)) == Sent(mails=1, notices=1)


def test_what_was_read_or_is_wanted_in_the_page_only_is_in_no_mail():
    user = person()
    mark_read(told(user, at=hanoi(20, 7)), actor=user, at=hanoi(20, 7))
    told(person(Way.PAGE), at=hanoi(20, 7))

    assert send_digests(at=hanoi(20, 8)) == Sent()
    assert not OutgoingMail.objects.exists()


def test_a_weekly_digest_waits_for_monday():
    told(person(Way.WEEKLY), at=hanoi(18, 7))

    assert [send_digests(at=hanoi(day, 8)).mails for day in (18, 20, 22, 23)] == [0, 0, 0, 1]


def test_what_is_told_at_once_goes_in_one_mail_and_does_not_take_the_digests_place():
    user = UserFactory()
    for event in ("audit:1", "audit:2"):
        told(user, NoticeKind.RETURNED, event=event, at=hanoi(20, 5))
    told(user, NoticeKind.SIGNED, event="audit:3", at=hanoi(20, 5))

    assert send_digests(at=hanoi(20, 6)) == Sent(mails=1, notices=2)
    assert send_digests(at=hanoi(20, 7)) == Sent(mails=1, notices=1)


def test_closed_accounts_get_no_mail():
    user = person()
    told(user, at=hanoi(20, 7))
    User.objects.filter(pk=user.pk).update(is_active=False)

    assert send_digests(at=hanoi(20, 8)) == Sent()


@pytest.mark.parametrize(
    ("language", "subject", "greeting"),
    [
        (
            "vi",
            "Tỉnh Lào Cai được đề nghị trả lời “Năng lực số”, Năm 2026, hạn nộp 30/11/2026.",
            "Kính gửi đồng chí Trần Thị Bình,",
        ),
        (
            "en",
            "Lao Cai Province is asked to answer “Digital capacity”, Năm 2026, by 30/11/2026.",
            "Dear Trần Thị Bình,",
        ),
    ],
)
def test_a_mail_is_in_the_person_s_language(language, subject, greeting, settings):
    settings.SITE_URL = "https://khaosat.example.vn"
    notice = told(person(language=language), at=hanoi(20, 7))
    send_digests(at=hanoi(20, 8))

    mail = OutgoingMail.objects.get()

    assert (mail.subject, mail.text.splitlines()[0]) == (subject, greeting)
    assert f"https://khaosat.example.vn/inbox/{notice.pk}/" in mail.text
    assert "https://khaosat.example.vn/inbox/preferences/" in mail.text


def test_a_long_digest_writes_out_the_newest_thirty_and_counts_the_rest():
    user = person()
    for number in range(33):
        told(user, event=f"audit:{number}", at=hanoi(20, 6, number))
    send_digests(at=hanoi(20, 8))

    mail = OutgoingMail.objects.get()

    assert mail.subject == "Khảo sát số: 33 thông báo chưa đọc"
    assert "Và 3 thông báo khác." in mail.text
    assert Notice.objects.filter(mailed_at__isnull=True).count() == 0


def test_digests_of_many_people_read_no_more_often_than_of_one(django_assert_num_queries):
    for _ in range(3):
        told(person(), at=hanoi(20, 7))
    with django_assert_num_queries(11):
        send_digests(at=hanoi(20, 8))
    for _ in range(20):
        told(person(), at=hanoi(21, 7))

    with django_assert_num_queries(11):
        assert send_digests(at=hanoi(21, 8)).mails == 20


def test_the_command_says_what_it_did_and_does_it_once():
    told(person(), at=hanoi(20, 7))
    said = []
    for _ in range(2):
        answer = StringIO()
        call_command("send_digests", at=hanoi(20, 8), json=True, stdout=answer)
        said.append(json.loads(answer.getvalue()))

    assert said == [{"done": 1, "notices": 1}, {"done": 0, "notices": 0}]
