"""Many people at once: a file is kept, looked through, and applied in one act."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.common.tokens import hashed, new_nonce, token
from surveys.organisations.models import AccountInvitation, Membership, PeopleUpload, User
from surveys.organisations.people_files import PersonRow, read_people
from surveys.organisations.people_judging import Judged, Verdict, judge
from surveys.organisations.services.invitation_mails import PURPOSE, queue_mails
from surveys.organisations.services.invitations import VALID_FOR

BATCH = 500


class UploadApplied(DomainError):
    """A list is applied once; sent again, it says what is unchanged."""

    code = "upload_applied"
    message = _("This list was applied already.")


@transaction.atomic
def keep_upload(*, data: bytes, filename: str, actor: User, at: datetime) -> PeopleUpload:
    """Read the file and keep its rows; nothing else changes. Raises PeopleFileUnreadable."""
    rows = read_people(data, filename)
    upload = PeopleUpload.objects.create(
        filename=filename[:200],
        rows=[row.as_json() for row in rows],
        created_at=at,
        created_by=actor,
    )
    audit.record(Event.PEOPLE_UPLOADED, upload, actor=actor, at=at, data={"rows": len(rows)})
    return upload


@transaction.atomic
def apply_upload(upload: PeopleUpload, *, actor: User, at: datetime) -> PeopleUpload:
    """Make members of those who have an account and invite the others; refused rows stay out.

    The rows are judged anew, so what changed since the preview counts. A bounded number of queries
    for any number of rows, but for batches of inserts. Raises UploadApplied.
    """
    locked = PeopleUpload.objects.select_for_update().get(pk=upload.pk)
    if locked.applied_at is not None:
        raise UploadApplied
    judged = judge(rows_of(locked), actor=actor)
    todo = [one for one in judged if one.verdict in {Verdict.NEW, Verdict.CHANGED}]
    with_account = [one for one in todo if one.user is not None]
    without_account = [one for one in todo if one.user is None]
    _make_members(with_account)
    _invite(without_account, actor=actor, at=at)
    locked.applied_at = at
    locked.result = dict(Counter(one.verdict.value for one in judged))
    # Names and addresses are kept no longer than they are needed: to correct what was refused.
    locked.rows = [one.row.as_json() for one in judged if one.verdict is Verdict.REFUSED]
    locked.save(update_fields=["applied_at", "result", "rows"])
    data = {
        **locked.result,
        "members": len(with_account),
        "invitations": len(without_account),
    }
    audit.record(Event.PEOPLE_APPLIED, locked, actor=actor, at=at, data=data)
    return locked


def rows_of(upload: PeopleUpload) -> list[PersonRow]:
    """The rows of the file as they were read."""
    return [PersonRow(**row) for row in upload.rows]


def _make_members(judged: Sequence[Judged]) -> None:
    rows = [
        Membership(
            user=one.user,
            agency=one.agency,
            role=one.role,
            title=one.row.title,
            signs_as=one.row.signs_as,
        )
        for one in judged
    ]
    Membership.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["user", "agency", "role"],
        update_fields=["title", "signs_as"],
    )


def _invite(judged: Sequence[Judged], *, actor: User, at: datetime) -> None:
    addresses = sorted({one.row.email.lower() for one in judged})
    waiting = {
        (each.agency_id, each.email, each.role): each
        for first in range(0, len(addresses), BATCH)
        for each in AccountInvitation.objects.pending()
        .filter(email__in=addresses[first : first + BATCH])
        .select_related("agency")
    }
    new: list[AccountInvitation] = []
    changed: list[AccountInvitation] = []
    for one in judged:
        assert one.agency is not None, "only rows that are not refused come here"
        known = waiting.get((one.agency.pk, one.row.email.lower(), one.role))
        invitation = known or _invitation(one, actor=actor, at=at)
        invitation.full_name = one.row.name
        invitation.title, invitation.signs_as = one.row.title, one.row.signs_as
        invitation.expires_at = at + VALID_FOR
        (changed if known else new).append(invitation)
    AccountInvitation.objects.bulk_create(new, batch_size=BATCH)
    AccountInvitation.objects.bulk_update(
        changed, ["full_name", "title", "signs_as", "expires_at"], batch_size=BATCH
    )
    queue_mails([*new, *changed], at=at)


def _invitation(one: Judged, *, actor: User, at: datetime) -> AccountInvitation:
    nonce = new_nonce()
    return AccountInvitation(
        agency=one.agency,
        email=one.row.email.lower(),
        role=one.role,
        nonce=nonce,
        token_hash=hashed(token(PURPOSE, nonce)),
        created_at=at,
        created_by=actor,
    )
