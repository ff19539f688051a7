"""Whether a person sees which unit got what."""

from analytics.gate.enums import Identity
from analytics.gate.queries import audience_of, policy_of, sees_everything
from analytics.indices.models import IndexRun
from surveys.organisations.rules import Person


def sees_names(user: Person, run: IndexRun) -> bool:
    """Where units are public bodies whose results may be shown, whoever may see the index; where they
    are protected, only those who may read every answer anyhow.
    """
    if policy_of(run.round).identity == Identity.PUBLISHED:
        return True
    return sees_everything(audience_of(user, run.round), run.round)


def fewest(run: IndexRun) -> int:
    """How many units must stand behind a figure."""
    return int(policy_of(run.round).minimum)
