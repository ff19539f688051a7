"""What is attacked, on which days, and what must be true afterwards."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from surveys.audit.enums import Event
from surveys.background.enums import JobStatus
from surveys.background.models import Job
from surveys.campaigns.enums import CampaignStatus, Period, RoundStatus
from surveys.campaigns.models import Assignment, Round
from surveys.mailing.enums import MailStatus
from surveys.mailing.models import OutgoingMail
from surveys.models import AuditEvent
from tests.factories import AgencyFactory, member
from tests.surveys.campaigns.factories import CampaignFactory, VersionFactory
from tests.surveys.campaigns.year.days import moment

CUTOFF: Final = date(2027, 3, 31)
STEPS: Final = ("invitation", "remind-1-coordinator", "remind+1-coordinator")
DAYS: Final = (
    moment(date(2027, 4, 1), 0, 5),  # opening
    moment(date(2027, 4, 19), 9, 10),  # a day before the last one
    moment(date(2027, 4, 21), 9, 10),  # a day after it
    moment(date(2027, 4, 23), 0, 5),  # closing, after two days of grace
)


@dataclass
class Findings:
    """What an attack came to: figures, and whatever is not as it must be."""

    killed: int = 0
    in_hand: set[str] = field(default_factory=set)
    rounds: int = 0
    assignments: int = 0
    mails: int = 0
    repeated: int = 0
    lost_jobs: int = 0
    faults: list[str] = field(default_factory=list)


def make_scene(*, campaigns: int, agencies: int) -> None:
    """Running campaigns whose rounds are not even planned yet, and agencies with a coordinator."""
    for _agency in range(agencies):
        member(AgencyFactory())
    for _campaign in range(campaigns):
        campaign = CampaignFactory.create(
            status=CampaignStatus.RUNNING,
            period=Period.ONCE,
            first_cutoff=CUTOFF,
            answer_days=20,
            grace_days=2,
        )
        VersionFactory.create(questionnaire=campaign.questionnaire)


@dataclass(frozen=True)
class Plan:
    """How to attack: so many times on each day, runs that live ``longest`` seconds at most."""

    times: int
    longest: float
    seed: int = 1690


def attack(findings: Findings, plan: Plan, *, port: int, database: str) -> None:
    """On each of the days: kill and overlap runs, then let one come to its end."""
    given = (port, plan.times, plan.longest, plan.seed, *(day.isoformat() for day in DAYS))
    words = [str(each) for each in given]
    done = subprocess.run(
        [sys.executable, "-m", "tests.surveys.campaigns.attack.process", *words],
        env={**os.environ, "DATABASE_URL": database, "LOG_LEVEL": "CRITICAL"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answer = json.loads(done.stdout)
    findings.killed, findings.in_hand = answer["killed"], set(answer["in_hand"])


def look(findings: Findings, arrived: Counter[str], *, campaigns: int, agencies: int) -> None:
    """Count, and write down every fault."""
    findings.rounds = Round.objects.filter(status=RoundStatus.CLOSED).count()
    findings.assignments = Assignment.objects.count()
    findings.lost_jobs = Job.objects.filter(status=JobStatus.FAILED).count()
    findings.mails = OutgoingMail.objects.count()
    repeated = {message_id for message_id, times in arrived.items() if times > 1}
    findings.repeated = len(repeated)
    expected: dict[str, tuple[object, object]] = {
        "rounds": (campaigns, Round.objects.count()),
        "closed rounds": (campaigns, findings.rounds),
        "assignments": (campaigns * agencies, findings.assignments),
        "steps": (dict.fromkeys(STEPS, campaigns * agencies), _steps()),
        "mails sent": (findings.mails, _with_status(MailStatus.SENT)),
        "mails that arrived": (set(_ids()), set(arrived)),
        "repeats of what was in nobody's hands": (set(), repeated - findings.in_hand),
        **{f"{kind} per round": ({1: campaigns}, _times(kind)) for kind in ONCE_A_ROUND},
        "reminders per round": ({2: campaigns}, _times(Event.REMINDERS_QUEUED)),
    }
    findings.faults = [
        f"{what}: {is_!r} instead of {must!r}"
        for what, (must, is_) in expected.items()
        if must != is_
    ]


ONCE_A_ROUND: Final = (
    Event.ROUND_CREATED,
    Event.ROUND_OPENED,
    Event.ROUND_INVITED,
    Event.ROUND_CLOSED,
)


def _times(kind: Event) -> dict[int, int]:
    """How many rounds have the event how often."""
    subjects = Counter(AuditEvent.objects.filter(kind=kind).values_list("subject_id", flat=True))
    return dict(Counter(subjects.values()))


def _steps() -> dict[str, int]:
    return dict(Counter(OutgoingMail.objects.values_list("step", flat=True)))


def _ids() -> Iterable[str]:
    return OutgoingMail.objects.values_list("message_id", flat=True)


def _with_status(status: MailStatus) -> int:
    return OutgoingMail.objects.filter(status=status).count()
