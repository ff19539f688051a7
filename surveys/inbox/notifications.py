"""What organisations do that people are told of: they lie below the inbox and cannot tell it."""

from datetime import datetime

from django.urls import reverse

from surveys.audit.models import AuditEvent
from surveys.inbox.enums import NoticeKind
from surveys.inbox.services import News, cause, notify
from surveys.organisations.models import Substitution


def tell_of_substitution(event: AuditEvent, *, at: datetime) -> int:
    """Tell the substitute and the absent person, unless they did it; how many were told."""
    made = Substitution.objects.select_related("agency", "absent", "substitute").get(
        pk=event.subject_id
    )
    said = {
        "absent": str(made.absent),
        "substitute": str(made.substitute),
        "agency": {"vi": made.agency.name, "en": made.agency.name_en},
        "from_on": made.from_on.isoformat(),
        "to_on": made.to_on.isoformat(),
    }
    address = reverse("agency_detail", args=[made.agency.key])
    news = [
        News(person.pk, f"agency:{made.agency_id}", address, said)
        for person in (made.absent, made.substitute)
        if person.is_active and person.pk != event.actor_id
    ]
    return notify(NoticeKind.SUBSTITUTION, news, event=cause(event), at=at)
