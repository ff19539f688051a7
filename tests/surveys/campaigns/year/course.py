"""The course of the year: what the schedule does every day, and what people do on some of them."""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from io import StringIO
from typing import Any, Final

from django.core.management import call_command

from surveys.background.runner import run_pending
from surveys.campaigns import services
from surveys.campaigns.models import Assignment, Extension
from surveys.organisations import services as organisations
from surveys.organisations.enums import Decision
from surveys.organisations.models import AccountInvitation, User
from surveys.organisations.services.changes import (
    Document,
    Name,
    merge_agencies,
    rename_agency,
)
from surveys.questionnaires.services import publish
from surveys.responses import services as responses
from surveys.responses.models import Response
from surveys.responses.simulator import Extent, People, Spell, people_of, simulate
from tests.factories import PASSWORD
from tests.surveys.campaigns.year.days import days, moment
from tests.surveys.campaigns.year.world import (
    COMMUNES,
    CONTACT,
    KEYS,
    MINISTRIES,
    PROVINCES,
    STARTED,
    WITHOUT_ADDRESS,
    World,
    address,
)
from tests.surveys.mailing.smtp import Postman

SEED: Final = 1690
LAST: Final = date(2028, 2, 5)
BUSY: Final = "451 4.3.0 Try again later"
UNKNOWN: Final = "550 5.1.1 No such user"
NIGHT, MORNING, EVENING = (0, 5), (9, 10), (17, 10)
SCHEDULE: Final = ("open_due_rounds", "close_due_rounds", "send_due_reminders")
Act = Callable[["Course", datetime], object]


@dataclass
class Course:
    """Lets the year pass; ``said`` is what each command answered, ``again`` what it did the second
    time at the same moment."""

    world: World
    postman: Postman
    acts: dict[date, list[Act]] = field(default_factory=lambda: defaultdict(list))
    still: set[date] = field(default_factory=set)
    said: dict[str, dict[datetime, dict[str, Any]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    again: list[tuple[str, datetime, int]] = field(default_factory=list)

    def pass_by(self) -> None:
        """Every day from the start to the end: at night, in the morning, and where somebody acted in
        the evening."""
        for day in days(STARTED.date(), LAST):
            if self._schedule(moment(day, *NIGHT), *SCHEDULE[:2]):
                self._deliver(moment(day, *NIGHT))
            self._schedule(moment(day, *MORNING), SCHEDULE[2])
            # On a day of standing still, what was queued in the morning goes in the evening.
            if day not in self.still:
                self._deliver(moment(day, *MORNING))
            for act in self.acts.get(day, ()):
                act(self, moment(day, 10))
            if day in self.acts:
                self._deliver(moment(day, *EVENING))

    def on(self, day: date, act: Act) -> None:
        """Let something happen at ten o'clock of the day."""
        self.acts[day].append(act)

    def _schedule(self, at: datetime, *names: str) -> bool:
        """Whether any of the commands had something to do."""
        busy = False
        for name in names:
            answer = self.said[name][at] = command(name, at)
            if any(answer.values()):
                busy = True
                run_pending(clock=lambda: at)
                self.again.append((name, at, command(name, at)["done"]))
        return busy

    def _deliver(self, at: datetime) -> None:
        run_pending(clock=lambda: at)
        command("send_digests", at)
        command("send_mail_due", at)
        run_pending(clock=lambda: at)


def command(name: str, at: datetime) -> dict[str, Any]:
    """What a command of the schedule answers."""
    out = StringIO()
    call_command(name, "--at", at.isoformat(), "--json", stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def the_year(world: World, postman: Postman) -> Course:
    """Who does what when; it has not passed yet."""
    course = Course(world, postman)
    for number, (year, month) in enumerate(((2027, 4), (2027, 7), (2027, 10), (2028, 1)), start=1):
        for key, day in ANSWERS[number].items():
            course.on(date(year, month, day), partial(answer, number, key))
    _first_quarter(course)
    _second_quarter(course)
    _third_quarter(course)
    course.still.add(date(2027, 4, 13))
    course.on(date(2027, 12, 31), partial(_mail_answers, address("coordinator", "bo-1"), BUSY))
    course.on(date(2028, 1, 1), partial(_mail_answers, address("coordinator", "bo-1"), ""))
    return course


def answer(number: int, key: str, course: Course, at: datetime) -> Response:
    """The agency fills in, sends and signs within an hour."""
    assignment = _assignment(course, number, key)
    return simulate(
        assignment,
        seed=SEED,
        extent=Extent.SIGNED,
        spell=Spell(at, at + timedelta(hours=1)),
        people=_people(assignment),
    )


def _first_quarter(course: Course) -> None:
    course.on(date(2027, 4, 6), _take_up_account)
    course.on(date(2027, 4, 12), _return)
    course.on(date(2027, 4, 14), _refuse)
    course.on(date(2027, 4, 15), partial(_ask_time, "tinh-4", date(2027, 4, 30)))
    course.on(date(2027, 4, 15), _send_again)
    course.on(date(2027, 4, 16), partial(_decide, "tinh-4", grants=True))
    course.on(date(2027, 4, 17), partial(_ask_time, "tinh-5", date(2027, 4, 25)))
    course.on(date(2027, 4, 18), partial(_decide, "tinh-5", grants=False))


def _second_quarter(course: Course) -> None:
    course.on(date(2027, 7, 10), _merge)
    course.on(date(2027, 7, 12), _rename)
    course.on(date(2027, 7, 15), _give_time)


def _third_quarter(course: Course) -> None:
    course.on(date(2027, 8, 15), _publish)
    course.on(date(2027, 9, 30), partial(_mail_answers, address("coordinator", "bo-5"), UNKNOWN))
    course.on(date(2027, 10, 20), partial(_mail_answers, address("coordinator", "bo-5"), ""))


def _punctual(day: int, **others: int) -> dict[str, int]:
    """The day of the month on which each agency answers; 0 is never."""
    found = dict.fromkeys(KEYS, day) | {key.replace("_", "-"): at for key, at in others.items()}
    return {key: at for key, at in found.items() if at and key != WITHOUT_ADDRESS}


ANSWERS: Final = {
    1: _punctual(
        9, bo_2=16, bo_3=0, bo_4=8, tinh_2=13, tinh_3=22, tinh_4=29, tinh_5=22, xa_2=28, xa_3=0
    ),
    2: _punctual(9, tinh_6=0, xa_7=14, xa_8=12, xa_9=0),
    3: _punctual(9, xa_9=0),
    4: _punctual(9, xa_9=0),
}
"""By round and agency, on which day of the round's month it answers."""

assert set(MINISTRIES) | set(PROVINCES) | set(COMMUNES) == set(KEYS)


def _assignment(course: Course, number: int, key: str) -> Assignment:
    found = Assignment.objects.select_related("agency", "round__campaign", "version")
    return found.get(round=course.world.round(number), agency__key=key)


def _people(assignment: Assignment) -> People:
    return people_of([assignment.agency_id]).get(assignment.agency_id, People())


def _coordinator(assignment: Assignment) -> User:
    person = _people(assignment).coordinator
    assert person is not None
    return person


def _take_up_account(_course: Course, at: datetime) -> None:
    invitation = AccountInvitation.objects.get(email=CONTACT)
    organisations.accept_invitation(invitation, full_name="Trần Văn Thư", password=PASSWORD, at=at)


def _return(course: Course, at: datetime) -> None:
    response = Response.objects.get(assignment=_assignment(course, 1, "bo-4"))
    responses.return_to_draft(
        response, actor=course.world.designer, at=at, reason="Số người chưa khớp quý trước."
    )


def _send_again(course: Course, at: datetime) -> None:
    assignment = _assignment(course, 1, "bo-4")
    people = _people(assignment)
    response = Response.objects.get(assignment=assignment)
    responses.send_for_signature(response, actor=people.coordinator, at=at)
    responses.sign(response, actor=people.signatory, at=at)


def _refuse(course: Course, at: datetime) -> None:
    grounds = services.Grounds("Đang sắp xếp lại bộ máy.", "45/BTC-VP", at.date())
    services.record_refusal(
        _assignment(course, 1, "bo-3"), grounds=grounds, actor=course.world.designer, at=at
    )


def _ask_time(key: str, until: date, course: Course, at: datetime) -> None:
    assignment = _assignment(course, 1, key)
    services.ask_extension(
        assignment,
        until=until,
        grounds=services.Grounds("Chờ số liệu của các xã.", "12/UBND-VX", at.date()),
        actor=_coordinator(assignment),
        at=at,
    )


def _decide(key: str, course: Course, at: datetime, *, grants: bool) -> None:
    wish = Extension.objects.get(assignment=_assignment(course, 1, key))
    if grants:
        services.grant_extension(wish, actor=course.world.designer, at=at)
    else:
        services.deny_extension(
            wish, note="Đã gia hạn một lần.", actor=course.world.designer, at=at
        )


def _give_time(course: Course, at: datetime) -> None:
    services.extend(
        [_assignment(course, 2, "tinh-6")],
        until=date(2027, 7, 28),
        grounds=services.Grounds("Bão lũ."),
        actor=course.world.designer,
        at=at,
    )


def _merge(course: Course, at: datetime) -> None:
    agencies = course.world.agencies
    paper = Document(
        "31/NQ-HĐND",
        at.date(),
        "HĐND Tỉnh 1",
        at.date(),
        {_assignment(course, 2, "xa-9").pk: Decision.INSTEAD},
    )
    merge_agencies(
        [agencies["xa-9"]],
        agencies["xa-8"],
        paper,
        with_members=False,
        actor=course.world.designer,
        at=at,
    )


def _rename(course: Course, at: datetime) -> None:
    paper = Document("32/NQ-HĐND", at.date(), "HĐND Tỉnh 1", at.date())
    rename_agency(
        course.world.agencies["xa-7"],
        Name("Xã Bảy Mới"),
        paper,
        actor=course.world.designer,
        at=at,
    )


def _publish(course: Course, at: datetime) -> None:
    publish(course.world.second_version, actor=course.world.designer, at=at)


def _mail_answers(to: str, words: str, course: Course, _at: datetime) -> None:
    """From now on the mail server says this of an address; nothing: it takes its mails."""
    course.postman.answers.pop(to, None)
    if words:
        course.postman.answers[to] = words
