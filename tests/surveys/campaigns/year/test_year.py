"""A year of a quarterly campaign: every fact of it, after it has passed."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import pytest
from django.db import transaction
from django.utils.translation import override

from surveys.audit.enums import Event
from surveys.campaigns.deadlines import ZONE, local_day
from surveys.campaigns.enums import AssignmentStatus, Disposition, RoundStatus
from surveys.campaigns.log_words import SENTENCES, line
from surveys.campaigns.models import Assignment
from surveys.campaigns.queries.log import KINDS, entries, log_of
from surveys.mailing.enums import MailStatus
from surveys.mailing.models import OutgoingMail
from surveys.models import AuditEvent, Notice, Response
from tests.surveys.campaigns.year.course import Course, the_year
from tests.surveys.campaigns.year.world import CONTACT, KEYS, address, make_world
from tests.surveys.mailing.smtp import mail_server

pytestmark = pytest.mark.django_db

ALL_STEPS: Final = ["13/4 -7", "19/4 -1", "21/4 +1", "23/4 +3 signatory"]
REMINDED: Final = {
    1: {
        "bo-2": ["13/4 -7"],
        "bo-3": ["13/4 -7"],
        "bo-4": ["13/4 -7"],
        "tinh-2": ["13/4 -7"],
        "tinh-3": ["13/4 -7", "19/4 -1", "21/4 +1"],
        "tinh-4": ["13/4 -7", "23/4 -7", "29/4 -1"],
        "tinh-5": ["13/4 -7", "19/4 -1", "21/4 +1"],
        "xa-2": ALL_STEPS,
        "xa-3": ALL_STEPS,
        "xa-10": ALL_STEPS,
    },
    2: {
        "tinh-6": ["13/7 -7", "21/7 -7", "27/7 -1", "29/7 +1", "31/7 +3 signatory"],
        "xa-7": ["13/7 -7"],
        "xa-10": ["13/7 -7", "19/7 -1", "21/7 +1", "23/7 +3 signatory"],
    },
    3: {"xa-10": ["13/10 -7", "19/10 -1", "21/10 +1", "23/10 +3 signatory"]},
    4: {"xa-10": ["13/1 -7", "19/1 -1", "21/1 +1", "23/1 +3 signatory"]},
}
"""By round and agency: on which day which step was queued. Who answers early is not in it."""


@pytest.fixture(scope="module", name="year")
def _year(django_db_setup: None, django_db_blocker: Any) -> Iterator[Course]:
    """The year, passed once for the module and undone after it."""
    with django_db_blocker.unblock(), mail_server() as postman, transaction.atomic():
        course = the_year(make_world(), postman)
        course.pass_by()
        yield course
        transaction.set_rollback(True)


def tasks(year: Course, number: int) -> dict[str, Assignment]:
    """The assignments of a round by the agency's key."""
    found = Assignment.objects.filter(round=year.world.round(number))
    return {each.agency.key: each for each in found.select_related("agency", "version", "round")}


def mails(year: Course, number: int, step: str = "") -> list[OutgoingMail]:
    """What the round wrote, of the steps that begin so."""
    found = OutgoingMail.objects.within(f"round:{year.world.round(number).pk}")
    return list(found.filter(step__startswith=step).order_by("pk"))


def test_four_rounds_opened_on_their_days_and_closed_after_their_grace(year: Course) -> None:
    rounds = [year.world.round(number) for number in (1, 2, 3, 4)]

    assert {each.status for each in rounds} == {RoundStatus.CLOSED}
    assert [local_day(each.opened_at) for each in rounds if each.opened_at] == [
        date(2027, 4, 1),
        date(2027, 7, 1),
        date(2027, 10, 1),
        date(2028, 1, 1),
    ]
    # The second one waited for the agency that had until 28/7, and its ten days of grace.
    assert [local_day(each.closed_at) for each in rounds if each.closed_at] == [
        date(2027, 5, 1),
        date(2027, 8, 8),
        date(2027, 10, 31),
        date(2028, 1, 31),
    ]


def test_every_round_was_opened_and_closed_once(year: Course) -> None:
    kinds = Counter(AuditEvent.objects.values_list("kind", flat=True))

    assert (kinds[Event.ROUND_OPENED], kinds[Event.ROUND_CLOSED]) == (4, 4)
    assert kinds[Event.ROUND_NOT_OPENED] == 0
    for name in ("open_due_rounds", "close_due_rounds"):
        assert sum(answer["done"] for answer in year.said[name].values()) == 4


def test_a_second_run_at_the_same_moment_did_nothing(year: Course) -> None:
    assert {(name, at) for name, at, done in year.again if done} == set()
    assert Counter(name for name, _at, _done in year.again).keys() == {*year.said}


def test_each_round_asked_the_version_in_force(year: Course) -> None:
    assert [year.world.round(number).version.number for number in (1, 2, 3, 4)] == [1, 1, 2, 2]
    assert {each.version.number for each in tasks(year, 3).values()} == {2}


def test_each_round_follows_the_one_before(year: Course) -> None:
    rounds = [year.world.round(number) for number in (1, 2, 3, 4)]

    assert [each.previous for each in rounds] == [None, *rounds[:3]]


def test_answers_begin_with_those_of_the_round_before(year: Course) -> None:
    first, second, third, fourth = (
        Response.objects.get(assignment=tasks(year, number)["bo-1"]).answers
        for number in (1, 2, 3, 4)
    )

    assert [second["before"], third["before"], fourth["before"]] == [
        first["staff"],
        second["staff"],
        third["staff"],
    ]


def test_every_round_asked_every_agency_that_existed(year: Course) -> None:
    assert [set(tasks(year, number)) for number in (1, 2)] == [set(KEYS)] * 2
    assert [set(tasks(year, number)) for number in (3, 4)] == [set(KEYS) - {"xa-9"}] * 2


@pytest.mark.parametrize(("number", "asked"), [(1, 25), (2, 25), (3, 24), (4, 24)])
def test_every_agency_was_invited_once(year: Course, number: int, asked: int) -> None:
    invitations = mails(year, number, "invitation")

    assert len({mail.about for mail in invitations}) == len(invitations) == asked
    assert {local_day(mail.created_at) for mail in invitations} == {
        local_day(year.world.round(number).opens_at)
    }


def test_who_had_no_account_was_invited_to_one_first(year: Course) -> None:
    first, second = (
        next(
            mail
            for mail in mails(year, number, "invitation")
            if mail.about == f"assignment:{tasks(year, number)['bo-6'].pk}"
        )
        for number in (1, 2)
    )

    assert (first.to_address, first.link_purpose) == (CONTACT, "invitation")
    assert (second.to_address, second.link_purpose) == (CONTACT, "access")


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_only_the_late_were_reminded_each_by_its_own_deadline(year: Course, number: int) -> None:
    keys = {f"assignment:{each.pk}": key for key, each in tasks(year, number).items()}
    reminded = defaultdict(list)
    for mail in mails(year, number, "remind"):
        if mail.about in keys:
            day = local_day(mail.created_at)
            step = mail.step.removeprefix("remind").split("@")[0]
            words = step.removesuffix("-coordinator").replace("-signatory", " signatory")
            reminded[keys[mail.about]].append(f"{day.day}/{day.month} {words}")

    assert reminded == REMINDED[number]


def test_the_superior_was_told_of_its_late_units(year: Course) -> None:
    (first,), (second,), (third,), (fourth,) = (
        mails(year, number, "remind+7") for number in (1, 2, 3, 4)
    )

    assert {mail.to_address for mail in (first, second, third, fourth)} == {
        address("coordinator", "tinh-1")
    }
    assert [line for line in first.text.splitlines() if line.startswith("- ")] == [
        "- Xã 2: chậm 7 ngày",
        "- Xã 3: chậm 7 ngày",
        "- Xã 10: chậm 7 ngày",
    ]
    assert [line for line in fourth.text.splitlines() if line.startswith("- ")] == [
        "- Xã 10: chậm 7 ngày"
    ]


def test_the_signatory_was_reminded_in_person(year: Course) -> None:
    sent = [mail.to_address for mail in mails(year, 1, "remind+3") if mail.to_address]

    assert sent == [address("signatory", "xa-2"), address("signatory", "xa-3")]


def test_who_submitted_before_the_mail_went_was_not_reminded(year: Course) -> None:
    withdrawn = [mail for mail in mails(year, 1) if mail.status == MailStatus.WITHDRAWN]

    assert [(mail.about, mail.step) for mail in withdrawn] == [
        (f"assignment:{tasks(year, 1)['tinh-2'].pk}", "remind-7-coordinator")
    ]
    assert withdrawn[0].message_id not in year.postman.times


def test_every_mail_that_was_sent_arrived_once_and_no_other(year: Course) -> None:
    sent = OutgoingMail.objects.filter(status=MailStatus.SENT)

    assert year.postman.times == Counter(sent.values_list("message_id", flat=True))
    assert not OutgoingMail.objects.filter(
        status__in=[MailStatus.WAITING, MailStatus.SENDING]
    ).exists()


def test_what_was_put_off_arrived_and_what_came_back_was_told(year: Course) -> None:
    put_off = next(m for m in mails(year, 4, "inv") if m.to_address.endswith("@bo-1.gov.vn"))
    came_back = next(m for m in mails(year, 3, "inv") if m.to_address.endswith("@bo-5.gov.vn"))
    told = Notice.objects.filter(kind="mail_bounced", user=year.world.designer)

    assert (put_off.status, put_off.attempts) == (MailStatus.SENT, 3)
    assert (came_back.status, came_back.bounce_code) == (MailStatus.BOUNCED, "5.1.1")
    assert [each.about for each in told] == [f"round:{year.world.round(3).pk}"]


def test_late_days_count_from_the_own_deadline(year: Course) -> None:
    late = {
        (each.round.reference_date.month, each.agency.key): each.late_days
        for number in (1, 2, 3, 4)
        for each in tasks(year, number).values()
        if each.late_days
    }

    assert late == {(3, "tinh-3"): 2, (3, "tinh-5"): 2, (3, "xa-2"): 8}


def test_who_has_not_answered_has_not_and_who_refused_has_refused(year: Course) -> None:
    owing = {
        number: {
            key
            for key, each in tasks(year, number).items()
            if each.status != AssignmentStatus.SUBMITTED and each.disposition == Disposition.ASKED
        }
        for number in (1, 2, 3, 4)
    }

    assert owing == {1: {"xa-3", "xa-10"}, 2: {"tinh-6", "xa-10"}, 3: {"xa-10"}, 4: {"xa-10"}}
    assert tasks(year, 1)["bo-3"].disposition == Disposition.REFUSED


def test_old_rounds_print_old_names(year: Course) -> None:
    names = [
        [tasks(year, number)[key].names["vi"] for key in ("xa-7", "xa-8")]
        for number in (1, 2, 3, 4)
    ]

    assert names == [["Xã 7", "Xã 8"]] * 2 + [["Xã Bảy Mới", "Xã 8"]] * 2


def test_a_merged_unit_keeps_what_it_answered_and_is_asked_no_more(year: Course) -> None:
    before, merged = (tasks(year, number)["xa-9"] for number in (1, 2))

    assert (before.status, before.names["vi"]) == (AssignmentStatus.SUBMITTED, "Xã 9")
    assert Response.objects.get(assignment=before).answers["staff"]
    assert merged.disposition == Disposition.INELIGIBLE


def test_returned_answers_were_signed_again_and_count_by_the_second_time(year: Course) -> None:
    returned = tasks(year, 1)["bo-4"]

    assert (returned.status, returned.late_days) == (AssignmentStatus.SUBMITTED, 0)
    assert returned.submitted_at is not None
    assert local_day(returned.submitted_at) == date(2027, 4, 15)


def test_people_were_told_in_the_page(year: Course) -> None:
    told = Notice.objects.values_list("kind", "user__email")
    kinds = {
        who: Counter(kind for kind, email in told if email == address_)
        for who, address_ in {
            "designer": year.world.designer.email,
            "returned": address("coordinator", "bo-4"),
            "granted": address("coordinator", "tinh-4"),
            "denied": address("coordinator", "tinh-5"),
        }.items()
    }

    assert kinds == {
        "designer": {
            "round_opened": 4,
            "round_closed": 4,
            "extension_asked": 2,
            "mail_bounced": 1,
        },
        "returned": {"assigned": 4, "returned": 1, "signed": 5},
        "granted": {"assigned": 4, "extension_granted": 1, "signed": 4},
        "denied": {"assigned": 4, "extension_denied": 1, "signed": 4},
    }


def log(year: Course, number: int, kind: str) -> list[str]:
    """The log of a round, the first first: day, sentence, reason, and who if it was a person."""
    page = log_of(year.world.round(number), kind=kind)
    with override("vi"):
        lines = [line(entry) for entry in entries(page)]
    return [
        f"{each.at.astimezone(ZONE):%-d/%-m} {' | '.join(filter(None, (each.text, each.reason)))}"
        + (f" [{each.actor}]" if each.actor else "")
        for each in reversed(lines)
    ]


def test_the_log_of_a_round_reads_right(year: Course) -> None:
    assert log(year, 1, "round") == [
        "1/3 Đợt được lập kế hoạch: Quý I/2027. [Nguyễn Văn An]",
        "1/4 Đợt được mở; 25 cơ quan phải trả lời.",
        "1/4 Đã lập thư mời gửi 25 cơ quan.",
        "13/4 Đã lập thư nhắc: Trước hạn 7 ngày, gửi đầu mối; 10 thư.",
        "19/4 Đã lập thư nhắc: Trước hạn 1 ngày, gửi đầu mối; 5 thư.",
        "21/4 Đã lập thư nhắc: Sau hạn 1 ngày, gửi đầu mối; 5 thư.",
        "23/4 Đã lập thư nhắc: Sau hạn 3 ngày, gửi người ký; Trước hạn 7 ngày, gửi đầu mối; 4 thư.",
        "27/4 Đã lập thư nhắc: Sau hạn 7 ngày, gửi cấp trên; 1 thư.",
        "29/4 Đã lập thư nhắc: Trước hạn 1 ngày, gửi đầu mối; 1 thư.",
        "1/5 Đợt được đóng; 22 trên 25 cơ quan đã nộp.",
    ]


def test_the_log_says_what_was_agreed(year: Course) -> None:
    assert log(year, 1, "agreements") + log(year, 2, "agreements") == [
        "14/4 Bộ 3 từ chối trả lời. | Đang sắp xếp lại bộ máy. [Nguyễn Văn An]",
        "15/4 Tỉnh 4 xin gia hạn đến 30/4/2027. | Chờ số liệu của các xã. [Đầu mối 4]",
        "16/4 Tỉnh 4 được gia hạn đến 30/4/2027. | Chờ số liệu của các xã. [Nguyễn Văn An]",
        "16/4 Đã lập thư báo hạn mới gửi Tỉnh 4. [Nguyễn Văn An]",
        "17/4 Tỉnh 5 xin gia hạn đến 25/4/2027. | Chờ số liệu của các xã. [Đầu mối 5]",
        "18/4 Tỉnh 5 không được gia hạn. | Đã gia hạn một lần. [Nguyễn Văn An]",
        "15/7 Tỉnh 6 được gia hạn đến 28/7/2027. | Bão lũ. [Nguyễn Văn An]",
        "15/7 Đã lập thư báo hạn mới gửi Tỉnh 6. [Nguyễn Văn An]",
    ]


def test_the_log_says_which_agencies_were_merged(year: Course) -> None:
    merged = [each for each in log(year, 2, "round") if "Xã 9" in each]

    named = "Xã 9 (Yêu cầu cơ quan kế thừa trả lời thay)"
    assert merged == [f"10/7 Sắp xếp đơn vị theo 31/NQ-HĐND: {named}. [Nguyễn Văn An]"]


def test_the_log_says_how_answers_were_returned_and_came_again(year: Course) -> None:
    lately = [each for each in log(year, 1, "answers") if "Bộ 4" in each]
    receipt = tasks(year, 1)["bo-4"].response.revisions.latest("number").receipt

    assert lately == [
        "12/4 Phiếu của Bộ 4 bị trả lại. | Số người chưa khớp quý trước. [Nguyễn Văn An]",
        "15/4 Bộ 4 trình ký phiếu trả lời. [Đầu mối 4]",
        f"15/4 Bộ 4 đã ký và nộp: {receipt}. [Người ký 4]",
    ]


def test_everything_that_a_log_shows_has_its_sentence() -> None:
    shown = {kind for kinds in KINDS.values() for kind in kinds}

    assert shown - set(SENTENCES) == set()
