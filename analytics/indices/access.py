"""Whether a person sees which unit got what."""

from analytics.gate.enums import Identity
from analytics.gate.queries import audience_of, policy_of, sees_everything
from analytics.indices.models import IndexRun
from analytics.indices.tabulating import LEAF_TABLES, TABLES, WEIGHTS
from surveys.campaigns.enums import RoundStatus
from surveys.common.permissions import Permission
from surveys.organisations.rules import Person


def sees_names(user: Person, run: IndexRun) -> bool:
    """Where units are public bodies whose results may be shown, whoever may see the index; where they
    are protected, only those who may read every answer anyhow.
    """
    if policy_of(run.round).identity == Identity.PUBLISHED:
        return True
    return sees_everything(audience_of(user, run.round), run.round)


def tables_for(user: Person, run: IndexRun, *, with_names: bool) -> tuple[str, ...]:
    """The intermediate tables that the person may read: those of units where units are named, those of
    indicators where every answer may be read. ``with_names``: what ``sees_names`` says.
    """
    if not with_names:
        return (WEIGHTS,)
    may_read = user.has_perm(Permission.INDEX_VALUES, run)
    return tuple(name for name in TABLES if may_read or name not in LEAF_TABLES)


def may_tell_of_all(run: IndexRun) -> bool:
    """Whether figures of all units may be shown where no single one is: of the newest run over a closed
    round. The means before and after one signature, or of two definitions, tell of a few.
    """
    later = IndexRun.objects.computed().filter(
        version__index=run.version.index_id, round=run.round_id, computed_at__gt=run.computed_at
    )
    return run.round.status == RoundStatus.CLOSED and not later.exists()


def fewest(run: IndexRun) -> int:
    """How many units must stand behind a figure."""
    return int(policy_of(run.round).minimum)
