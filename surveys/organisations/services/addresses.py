"""The addresses to which mails for an agency go while nobody of it has an account."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.organisations.models import Agency, User
from surveys.organisations.rules import ADDRESS, DEPARTMENT_KEY

BATCH: Final = 500


@transaction.atomic
def set_addresses(addresses: Mapping[str, str], *, actor: User | None, at: datetime) -> int:
    """Give agencies, by their keys, the address of their office; how many had another one or none.

    An empty address takes it away; unknown keys are passed over. Done twice it changes nothing more.
    """
    changed = []
    for agency in Agency.objects.filter(key__in=addresses).order_by("pk"):
        wanted = addresses[agency.key].strip().lower()
        if wanted == agency.attributes.get(ADDRESS, ""):
            continue
        kept = {name: value for name, value in agency.attributes.items() if name != ADDRESS}
        agency.attributes = kept | ({ADDRESS: wanted} if wanted else {})
        changed.append(agency)
    Agency.objects.bulk_update(changed, ["attributes"], batch_size=BATCH)
    if changed:
        # Of a single agency its own event says whose it is; a list is the department's.
        subject = changed[0] if len(changed) == 1 else Agency.objects.get(key=DEPARTMENT_KEY)
        data = {"changed": len(changed)}
        audit.record(Event.AGENCY_ADDRESSES_SET, subject, actor=actor, at=at, data=data)
    return len(changed)
