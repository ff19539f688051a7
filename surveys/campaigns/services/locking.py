"""Holding rounds still: who waits for whom, and in which order.

Whoever holds more than one takes them in this order, so that nobody waits for each other: campaign,
response, assignment, round. A round is changed under ``lock_round``; who hands something in only
holds it by ``hold_round``, together with all others who do.
"""

from typing import Final

from django.db import connection

from surveys.campaigns.models import Assignment, Campaign, Round

SHARED: Final = """
    SELECT id, status, opens_at, closes_at, grace_days FROM surveys_round WHERE id = %s FOR SHARE
"""


def lock_campaign(campaign: Campaign) -> Campaign:
    """The campaign as it stands now, for the caller alone until the transaction ends."""
    found = Campaign.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("questionnaire", "owner").get(pk=campaign.pk)


def lock_round(round_: Round) -> Round:
    """The round as it stands now, for the caller alone until the transaction ends."""
    rounds = Round.objects.select_for_update(of=("self",), no_key=True)
    found = rounds.select_related("campaign", "version").defer("version__definition")
    return found.get(pk=round_.pk)


def lock_assignments_and_round(round_: Round) -> Round:
    """The round as ``lock_round`` gives it, and before it all of its assignments."""
    assignments = Assignment.objects.select_for_update(of=("self",), no_key=True)
    # Read, not only asked for: the rows are locked as they are fetched.
    list(assignments.filter(round=round_).order_by("pk").values_list("pk", flat=True))
    return lock_round(round_)


def hold_round(assignment: Assignment) -> Round:
    """The assignment's round with its status and dates of this moment; nobody closes, cancels or
    moves it until the transaction ends, while any number of others may hold it too.

    The assignment and its round must have been read in this transaction. On SQLite it is the only
    one that writes, so that what was read still holds.
    """
    held = assignment.round
    if not connection.features.has_select_for_update:
        return held
    # What was joined to the locked rows is as old as the statement, which may have waited for them.
    fresh = Round.objects.raw(SHARED, [held.pk])[0]
    held.status, held.grace_days = fresh.status, fresh.grace_days
    held.opens_at, held.closes_at = fresh.opens_at, fresh.closes_at
    return held
