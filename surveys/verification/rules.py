"""What a verdict makes of the points that an agency claims."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.questionnaires.catalogue.fields import figure_text
from surveys.verification.enums import Verdict

ZERO: Final = Decimal(0)
DECIMALS: Final = 6
"""How exact points are; what is finer would be rounded away, and stand beside another verdict."""


class ScoreUnfit(DomainError):
    """The points given do not go with the verdict."""

    code = "score_unfit"
    status = 422


_BETWEEN: Final = _("Partly accepted: give more than 0 and fewer than %(claimed)s points.")
_UP_TO: Final = _("Partly accepted: give more than 0 and at most %(most)s points.")
_BELOW: Final = _("Not accepted: leave the points blank for 0, or give fewer than %(claimed)s.")
_NOTHING: Final = _("The agency claims no points here, so none can be partly accepted.")
_TOO_FINE: Final = _("Give the points with at most %(n)d decimal places.")
_GIVEN: Final = _("Accepted and not relevant take no points of their own: leave them blank.")


def verified_score(
    verdict: Verdict, *, claimed: Decimal | None, given: Decimal | None
) -> Decimal | None:
    """The verified points of a verdict: the claimed ones if accepted, blank if not relevant.

    Partly accepted takes points between 0 and the claimed, both left out; not accepted 0, or fewer
    than the claimed. ``claimed`` is blank where nothing is claimed. Raises ScoreUnfit.
    """
    _refuse_inexact(given)
    match verdict:
        case Verdict.PARTLY:
            if not claimed:
                raise ScoreUnfit(str(_NOTHING))
            if given is None or not ZERO < given < claimed:
                raise ScoreUnfit(str(_BETWEEN) % {"claimed": figure_text(claimed)})
            return given
        case Verdict.NOT_ACCEPTED:
            points = ZERO if given is None else given
            if points != ZERO and not ZERO < points < (claimed or ZERO):
                raise ScoreUnfit(str(_BELOW) % {"claimed": figure_text(claimed or ZERO)})
            return points
    if given is not None and (verdict is Verdict.NOT_RELEVANT or given != claimed):
        raise ScoreUnfit(str(_GIVEN))
    return claimed if verdict is Verdict.ACCEPTED else None


def decided_score(
    verdict: Verdict, *, claimed: Decimal | None, given: Decimal | None, most: Decimal
) -> Decimal | None:
    """As ``verified_score``; but what the agency proves afterwards may be worth up to ``most``."""
    _refuse_inexact(given)
    if verdict is not Verdict.PARTLY:
        return verified_score(verdict, claimed=claimed, given=given)
    if given is None or not ZERO < given <= most:
        raise ScoreUnfit(str(_UP_TO) % {"most": figure_text(most)})
    return given


def _refuse_inexact(given: Decimal | None) -> None:
    if given is not None and not (given.is_finite() and given == round(given, DECIMALS)):
        raise ScoreUnfit(str(_TOO_FINE) % {"n": DECIMALS})
