"""The invitations of a round of 3,377 units queued: a third with a coordinator, a third with only an
address, the rest with neither; then everybody reminded on the day after the deadline.

Run: .venv/bin/python benchmarks/invitations.py
"""

from datetime import timedelta

from measure import measured, prepare_django, report

prepare_django()

from django.db import connection  # noqa: E402  (after Django is set up)
from django.test.utils import CaptureQueriesContext  # noqa: E402
from round_creation import AT, UNITS, planned_round  # noqa: E402

from surveys.campaigns import services  # noqa: E402
from surveys.mailing.models import OutgoingMail  # noqa: E402
from surveys.models import AccessLink, AccountInvitation, Agency, Membership, User  # noqa: E402
from surveys.organisations.enums import MembershipRole  # noqa: E402
from surveys.organisations.services import load_organisations  # noqa: E402

BATCH = 500
FAR_ABOVE = 3
"""Rows that SQLite takes in one insert are some thirty; queries stay a third of the units."""


def main() -> None:
    """Open the round, give the agencies people and addresses, queue, and remind."""
    load_organisations(at=AT)
    round_ = planned_round()
    services.open_round(round_, actor=None, at=AT)
    with_people, with_address = populate()

    with (
        CaptureQueriesContext(connection) as counting,
        measured(f"queue the invitations of {UNITS:,} units", bar="10 s") as m,
    ):
        number = services.invite(round_, actor=None, at=AT)
    m.check(number == UNITS, f"{number:,} mails, one each")
    m.check(AccessLink.objects.count() == with_people, f"{with_people:,} personal links")
    invitations = AccountInvitation.objects.count()
    m.check(invitations == with_address, f"{invitations:,} invitations to an account")
    m.check(len(counting) < UNITS / FAR_ABOVE, f"{len(counting)} queries, by batches of inserts")

    late = round_.closes_at + timedelta(hours=9)
    with measured(f"queue the reminders of {UNITS:,} late units", bar="10 s") as m:
        number = services.send_due_reminders(at=late)
    m.check(number == UNITS, f"{number:,} mails")
    with measured("the same once more: nothing is due") as m:
        number = services.send_due_reminders(at=late)
    m.check(number == 0, "none")
    m.check(OutgoingMail.objects.count() == 2 * UNITS, f"{2 * UNITS:,} mails in the outbox")
    report()


def populate() -> tuple[int, int]:
    """A coordinator for every third agency, an address for every other third; how many of each."""
    agencies = list(Agency.objects.filter(assignments__isnull=False).order_by("pk"))
    people = User.objects.bulk_create(
        [
            User(email=f"dau-moi-{each.pk}@example.vn", full_name="Nguyễn Văn An", password="!")
            for each in agencies[::3]
        ],
        batch_size=BATCH,
    )
    Membership.objects.bulk_create(
        [
            Membership(user=person, agency=agency, role=MembershipRole.COORDINATOR)
            for person, agency in zip(people, agencies[::3], strict=True)
        ],
        batch_size=BATCH,
    )
    for each in agencies[1::3]:
        each.attributes = {**each.attributes, "email": f"van-thu-{each.pk}@example.vn"}
    Agency.objects.bulk_update(agencies[1::3], ["attributes"], batch_size=BATCH)
    return len(people), len(agencies[1::3])


if __name__ == "__main__":
    main()
