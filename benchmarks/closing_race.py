"""Closing a round against 200 simultaneous submissions, 100 times over.

Each time 200 agencies sign at once while the round is closed at a random moment among them. Every
accepted answer must be inside (submitted, with its signed revision, counted at the closing) and every
refusal outside (still waiting, without a revision).

Run: .venv/bin/python benchmarks/closing_race.py [--rounds 100] [--submissions 200] [--threads 50]

With DATABASE_URL naming an empty PostgreSQL database, give fewer threads than it has connections.
"""

import argparse
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

from django.utils import timezone
from measure import measured, prepare_django, report

prepare_django()

from django.db import OperationalError, connection  # noqa: E402  (after Django is set up)
from django.db.models import F  # noqa: E402
from round_creation import planned_round  # noqa: E402

from surveys.audit.enums import Event  # noqa: E402
from surveys.audit.models import AuditEvent  # noqa: E402
from surveys.campaigns import services as campaigns  # noqa: E402
from surveys.campaigns.enums import AssignmentStatus, RoundStatus  # noqa: E402
from surveys.models import Assignment, Response, ResponseRevision, Round, SignOff  # noqa: E402
from surveys.organisations.services import load_organisations  # noqa: E402
from surveys.responses import services  # noqa: E402
from surveys.responses.enums import RevisionKind  # noqa: E402

SEED = 1690


def main() -> None:
    """Prepare the answers once; then race, check and put everything back, again and again."""
    options = _options()
    load_organisations(at=timezone.now())
    round_ = planned_round()
    campaigns.open_round(round_, actor=None, at=timezone.now())
    responses = prepare(round_, options.submissions)
    chance = random.Random(SEED)
    accepted = refused = 0
    label = f"{options.rounds} closings against {options.submissions} submissions"
    span = one_race_alone(round_, responses, threads=options.threads)
    with measured(label) as m:
        for number in range(options.rounds):
            delay = chance.uniform(0, span)
            inside, outside = race(round_, responses, delay=delay, threads=options.threads)
            m.check(
                is_parted(round_, inside, outside, options.submissions),
                f"time {number + 1}: {len(inside)} inside, {len(outside)} outside",
            )
            accepted, refused = accepted + len(inside), refused + len(outside)
            put_back(round_)
    m.checked = [f"every time; {accepted:,} accepted inside, {refused:,} refused outside"]
    report()


def prepare(round_: Round, number: int) -> list[int]:
    """Answers of so many agencies that wait for a signature; the others are not asked."""
    kept = list(round_.assignments.order_by("pk").values_list("pk", flat=True)[:number])
    round_.assignments.exclude(pk__in=kept).delete()
    responses = []
    for assignment in round_.assignments.all():
        response = services.start(assignment, actor=None, at=timezone.now())
        services.send_for_signature(response, actor=None, at=timezone.now())
        responses.append(response.pk)
    return responses


def one_race_alone(round_: Round, responses: Sequence[int], *, threads: int) -> float:
    """How long the submissions take while nobody closes."""
    begun = time.perf_counter()
    race(round_, responses, delay=None, threads=threads)
    put_back(round_)
    return time.perf_counter() - begun


def race(
    round_: Round, responses: Sequence[int], *, delay: float | None, threads: int
) -> tuple[set[int], set[int]]:
    """Everybody signs at once, and the round is closed ``delay`` seconds later; who was accepted and
    who was refused, by response."""
    barrier = Barrier(threads + (delay is not None))
    shares = [responses[start::threads] for start in range(threads)]
    inside: set[int] = set()
    outside: set[int] = set()

    def sign(share: Sequence[int]) -> None:
        barrier.wait()
        for response in share:
            try:
                patiently(partial(services.sign, response, actor=None, at=timezone.now()))
                inside.add(response)
            except services.RoundEnded:
                outside.add(response)
        connection.close()

    def close() -> None:
        barrier.wait()
        time.sleep(delay or 0)
        patiently(
            lambda: campaigns.close_round(round_, actor=None, at=timezone.now(), reason="Race")
        )
        connection.close()

    with ThreadPoolExecutor(threads + 1) as pool:
        works = [pool.submit(sign, share) for share in shares]
        if delay is not None:
            works.append(pool.submit(close))
        for work in works:
            work.result()
    return inside, outside


def patiently(act: Callable[[], object]) -> None:
    """Do it, and again where SQLite had no turn for it within its patience: nothing was done then."""
    while True:
        try:
            act()
        except OperationalError:
            continue
        return


def is_parted(round_: Round, inside: set[int], outside: set[int], number: int) -> bool:
    """Whether what stands in the database is what everybody was told."""
    stored = Response.objects.filter(assignment__round=round_)
    submitted = stored.filter(assignment__status=AssignmentStatus.SUBMITTED)
    waiting = stored.filter(assignment__status=AssignmentStatus.AWAITING_SIGNATURE)
    signed = ResponseRevision.objects.filter(kind=RevisionKind.SIGNED)
    counted = AuditEvent.objects.filter(kind=Event.ROUND_CLOSED).latest("pk").data["submitted"]
    late = Assignment.objects.filter(
        round=round_, submitted_at__gt=F("round__closed_at"), status=AssignmentStatus.SUBMITTED
    )
    return (
        set(submitted.values_list("pk", flat=True)) == inside
        and set(waiting.values_list("pk", flat=True)) == outside
        and set(signed.values_list("response", flat=True)) == inside
        and len(inside) + len(outside) == number
        and counted == len(inside)
        and not late.exists()
    )


def put_back(round_: Round) -> None:
    """Everything as it was before the race."""
    SignOff.objects.all().delete()
    ResponseRevision.objects.filter(kind=RevisionKind.SIGNED).delete()
    Assignment.objects.filter(round=round_).update(
        status=AssignmentStatus.AWAITING_SIGNATURE, submitted_at=None, late_days=0, step=0
    )
    Round.objects.filter(pk=round_.pk).update(status=RoundStatus.OPEN, closed_at=None)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--submissions", type=int, default=200)
    parser.add_argument("--threads", type=int, default=50)
    return parser.parse_args()


if __name__ == "__main__":
    main()
