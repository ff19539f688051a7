"""Why work is not given, and why an answer is not taken."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.responses.delegation.models import Delegation


class PartOfAnother(DomainError):
    """The work is divided, and this part is a colleague's or nobody's."""

    code = "part_of_another"
    message = _(
        "This part is given to nobody yet, so what you typed is not stored. Copy it if it is needed, "
        "and ask your coordinator to give the part to you."
    )

    def __init__(self, path: str, holder: Delegation | None) -> None:
        words = ""
        if holder is not None:
            words = str(_DONE_BY) % {"person": holder.who}
        super().__init__(words, path=path)


class NothingGiven(DomainError):
    """Work consists of parts."""

    code = "nothing_given"
    message = _("Choose at least one part to give.")
    status = 422


class PartUnknown(DomainError):
    """The form has no such part."""

    code = "part_unknown"
    message = _("A part that you chose is no longer in the form. Load the page again.")
    status = 422


class PersonOfAnotherAgency(DomainError):
    """Work is given within the agency."""

    code = "person_of_another_agency"
    message = _("Choose one of your agency's coordinators or contributors.")
    status = 422


class PartsGivenToOthers(DomainError):
    """A part moves to another person only when that was said."""

    code = "parts_given_to_others"
    message = _(
        "A part that you chose is done by somebody else already. Tick “Take it from whoever has it” "
        "to move it."
    )
    status = 422


class DueDayUnfit(DomainError):
    """Work is due between today and the form's own last day."""

    code = "due_day_unfit"
    status = 422

    def __init__(self, first: date, last: date) -> None:
        words = _("Choose a day from %(first)s to %(last)s, the last day of the form.")
        days = {
            "first": f"{first.day}/{first.month}/{first.year}",
            "last": f"{last.day}/{last.month}/{last.year}",
        }
        super().__init__(str(words) % days, **days)


class FormNotAtWork(DomainError):
    """Nothing is divided while the answers are locked."""

    code = "form_not_at_work"
    message = _(
        "The form is not being filled in now: it was sent for signature, is signed, or its round is "
        "closed. Nothing is changed."
    )


class DelegationWithdrawn(DomainError):
    """What was withdrawn is over."""

    code = "delegation_withdrawn"
    message = _("This work was withdrawn or given to somebody else meanwhile.")


_DONE_BY = _(
    "%(person)s does this part, so what you typed is not stored. Copy it if it is needed, and speak "
    "with them or with your coordinator."
)
