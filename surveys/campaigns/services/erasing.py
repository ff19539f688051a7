"""What campaigns lose when the personal data of a round are erased; for responses' services only."""

from datetime import datetime

from surveys.campaigns.models import AccessLink, Round


def delete_links(round_: Round) -> int:
    """Delete the personal links to a round's assignments, which name people; how many they were."""
    return AccessLink.objects.filter(assignment__round=round_).delete()[0]


def note_erased(round_: Round, *, at: datetime) -> None:
    """Note when the personal data of the round went. The caller holds the transaction."""
    round_.erased_at = at
    round_.save(update_fields=["erased_at"])
