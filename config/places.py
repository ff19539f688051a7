"""Who may open what a notice is about: the kind of thing -> the question."""

from typing import Final

from exporters.models import DataRequest, Export
from surveys.campaigns.models import Assignment, Round
from surveys.common.permissions import Permission
from surveys.inbox.places import MayReach
from surveys.organisations.models import Agency, User
from surveys.webhooks.models import Webhook


def _opens_assignment(user: User, assignment_id: int) -> bool:
    assignment = Assignment.objects.answers_visible_to(user).filter(pk=assignment_id).first()
    return assignment is not None and user.has_perm(Permission.ASSIGNMENT_VIEW, assignment)


def _opens_round(user: User, round_id: int) -> bool:
    round_ = Round.objects.followed_by(user).filter(pk=round_id).first()
    return round_ is not None and user.has_perm(Permission.ROUND_VIEW, round_)


def _owns_export(user: User, export_id: int) -> bool:
    return Export.objects.filter(owner=user, pk=export_id).exists()


def _opens_request(user: User, request_id: int) -> bool:
    return DataRequest.objects.visible_to(user).filter(pk=request_id).exists()


def _opens_webhook(user: User, webhook_id: int) -> bool:
    return Webhook.objects.visible_to(user).filter(pk=webhook_id).exists()


def _opens_agency(user: User, agency_id: int) -> bool:
    return Agency.ever.visible_to(user).filter(pk=agency_id).exists()


PLACES: Final[dict[str, MayReach]] = {
    "assignment": _opens_assignment,
    "round": _opens_round,
    "agency": _opens_agency,
    "export": _owns_export,
    "data_request": _opens_request,
    "webhook": _opens_webhook,
}
