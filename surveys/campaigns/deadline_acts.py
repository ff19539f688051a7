"""What a person sees and can do about an assignment's deadline."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from surveys.campaigns import queries
from surveys.campaigns.enums import Disposition, ExtensionStatus
from surveys.campaigns.models import Assignment, Extension
from surveys.common.permissions import Permission
from surveys.organisations.models import User


@dataclass(frozen=True, slots=True)
class DeadlineActs:
    """The extensions, the latest first, and the addresses of what the person may do; "" else."""

    extensions: list[Extension]
    may_ask: bool
    is_refused: bool
    ask_url: str
    extend_url: str
    refusal_url: str


def deadline_acts(assignment: Assignment, user: User) -> DeadlineActs:
    """For the assignment's page; one query."""
    shown = assignment.extensions.exclude(status=ExtensionStatus.WITHDRAWN)
    extensions = list(shown)
    waits = any(each.status == ExtensionStatus.ASKED for each in extensions)
    extensible = queries.may_be_extended(assignment)
    may_ask = user.has_perm(Permission.EXTENSION_ASK, assignment)
    may_decide = user.has_perm(Permission.EXTENSION_DECIDE, assignment)
    code, unit = assignment.round.code, urlencode({"unit": assignment.pk})
    return DeadlineActs(
        extensions=extensions,
        may_ask=may_ask,
        is_refused=assignment.disposition == Disposition.REFUSED,
        ask_url=reverse("extension_ask", args=[assignment.pk])
        if may_ask and extensible and not waits
        else "",
        extend_url=f"{reverse('round_extend', args=[code])}?{unit}"
        if may_decide and extensible
        else "",
        refusal_url=reverse("round_refusal", args=[code, assignment.pk])
        if user.has_perm(Permission.REFUSAL_RECORD, assignment)
        and queries.may_be_refused(assignment)
        else "",
    )
