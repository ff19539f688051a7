"""Why somebody cannot approve or sign, in words for that person."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from surveys.common.errors import DomainError
from surveys.engine import Finding


class UnresolvedChecks(DomainError):
    """Hard findings block; soft ones want an explanation."""

    code = "unresolved_checks"
    status = 422

    def __init__(self, problems: Sequence[Finding]) -> None:
        message = ngettext(
            "%(count)d check is not resolved yet: correct the answer, or explain it.",
            "%(count)d checks are not resolved yet: correct the answers, or explain them.",
            len(problems),
        ) % {"count": len(problems)}
        super().__init__(message, problems=[(p.code, p.path) for p in problems])
        self.problems = tuple(problems)


class AlreadySigned(DomainError):
    """A response is signed once; the receipt of the first signature stands."""

    code = "already_signed"
    message = _("The response is already signed. Receipt number: %(receipt)s.")


class ChangedSinceSeen(DomainError):
    """What awaits the signature is not what the signatory was shown."""

    code = "changed_since_seen"
    message = _("The answers were sent anew after this page was opened. Look at them, then sign.")


class RoundEnded(DomainError):
    """Nothing is sent or signed in a closed round."""

    code = "round_ended"
    message = _("The round is closed. Ask the department if the response must still be handed in.")


class NoLongerAsked(DomainError):
    """Who was taken out of a round hands nothing in: nobody would count it."""

    code = "no_longer_asked"
    message = _("Your agency is no longer asked in this round. What you answered is kept.")


class SamePersonTwice(DomainError):
    """The steps of a chain are different people's, unless the round says otherwise."""

    code = "same_person_twice"
    message = _("You acted at an earlier step already; this step is for somebody else.")


class StepOfAnother(DomainError):
    """A step is for those who have its role in its agency."""

    code = "step_of_another"
    message = _("The step that waits now is not yours: others approve or sign there.")


class AuthorityUnproved(DomainError):
    """Who signs in another's place names the document that allows it."""

    code = "authority_unproved"
    message = _(
        "To sign in this capacity, give the number, the date and the issuer of the document that "
        "allows it."
    )
    status = 422


class SubstitutionNotInForce(DomainError):
    """A substitution holds for its substitute, in its agency and role, on its days."""

    code = "substitution_not_in_force"
    message = _("This substitution is over or is somebody else's. Load the page again.")


class ReservationEmpty(DomainError):
    """A reservation is said in words."""

    code = "reservation_empty"
    message = _("Write what your reservation is.")
    status = 422


class DigitalSignatureDemanded(DomainError):
    """A round may demand a digital signature; a button is none."""

    code = "digital_signature_demanded"
    message = _(
        "This round asks for a digital signature. Download the PDF of the answers, sign it with the "
        "agency's certificate and upload the signed file."
    )


class DigitalSignatureNotTaken(DomainError):
    """A round may be signed in the system only."""

    code = "digital_signature_not_taken"
    message = _("This round is signed in the system. Sign on this page; no file is needed.")


class NotWhatWasSent(DomainError):
    """The signed PDF shows the answers as they were sent; what is frozen now is something else."""

    code = "not_what_was_sent"
    message = _(
        "What the form says of the agency or the round has changed since the answers were sent. Have "
        "the response returned and send it anew; then sign the new PDF."
    )


class TrustListMissing(DomainError):
    """Nobody has said whose certificates are trusted."""

    code = "trust_list_missing"
    message = _(
        "No trust list of certification authorities is configured, so digital signatures cannot be "
        "verified here yet. Tell the department."
    )
    status = 503
