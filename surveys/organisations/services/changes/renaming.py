"""An agency gets another name, or another place in the tree."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.organisations.enums import ChangeKind
from surveys.organisations.models import Agency, AgencyChange, FormerName, User
from surveys.organisations.services.changes.document import (
    ChangeTooEarly,
    Document,
    enter,
    locked,
    new_change,
    refuse_wrong_day,
)
from surveys.organisations.services.changes.naming import Name, write_name
from surveys.organisations.services.changes.tree import hang


class NothingChanged(DomainError):
    """What is to be changed is so already."""

    code = "nothing_changed"
    message = _("The agency has this name and this place already.")


class BelowItself(DomainError):
    """An agency cannot belong to what belongs to it."""

    code = "below_itself"
    message = _("An agency cannot be moved below itself.")


@transaction.atomic
def rename_agency(
    agency: Agency, name: Name, document: Document, *, actor: User | None, at: datetime
) -> AgencyChange:
    """Give the agency another name from the day on; the former one is kept and still finds it.

    Rounds that are open or over print the name that the agency had when it was asked. Raises
    AgencyDissolved, NothingChanged, ChangeInFuture or ChangeTooEarly.
    """
    (held,) = locked([agency])
    before = Name.of(held)
    if before == name:
        raise NothingChanged
    refuse_wrong_day(document, [held], at=at)
    last = held.former_names.order_by("valid_to").last()
    since = last.valid_to if last else held.valid_from
    if since is not None and since >= document.on:
        raise ChangeTooEarly
    FormerName.objects.create(
        agency=held,
        name=before.name,
        name_en=before.name_en,
        short_name=before.short_name,
        valid_from=since,
        valid_to=document.on,
    )
    write_name(held, name)
    change = new_change(ChangeKind.RENAMED, held, before=before.as_json(), after=name.as_json())
    agency.refresh_from_db()
    return enter(change, document, actor=actor, at=at)


@transaction.atomic
def move_agency(
    agency: Agency, parent: Agency | None, document: Document, *, actor: User | None, at: datetime
) -> AgencyChange:
    """Let the agency, with all below it, belong to another one; None: to none.

    Raises AgencyDissolved, NothingChanged, BelowItself, TreeTooDeep, ChangeInFuture or
    ChangeTooEarly.
    """
    held, *others = locked([agency, *([parent] if parent else [])])
    below = others[0] if others else None
    if held.parent_id == (below.pk if below else None):
        raise NothingChanged
    if below is not None and below.path.startswith(held.path):
        raise BelowItself
    refuse_wrong_day(document, [held, *others], at=at)
    change = new_change(
        ChangeKind.MOVED,
        held,
        before={"parent": held.parent.key if held.parent else ""},
        after={"parent": below.key if below else ""},
    )
    hang(held, below)
    agency.refresh_from_db()
    return enter(change, document, actor=actor, at=at)
