"""Why a submission of a device is not taken."""

from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError


class SubmissionChanged(DomainError):
    """The instance was sent before with other answers."""

    code = "submission_changed"
    message = _(
        "This form was sent before with other answers. Fill in a new one with what is to be changed."
    )


class SubmissionSettled(DomainError):
    """A person has looked at it already."""

    code = "submission_settled"
    message = _("Somebody has already decided on this submission.")
