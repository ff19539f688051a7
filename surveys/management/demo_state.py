"""What of the demo a database already has."""

from typing import Final

from surveys.campaigns.models import Round
from surveys.organisations.queries import department
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.queries import form_of, latest_published
from surveys.questionnaires.question_library.models import LibraryItem
from surveys.questionnaires.question_library.ready_items import READY_ITEMS
from surveys.questionnaires.question_library.services import can_be_kept
from surveys.verification.models import VerificationPlan

QUESTIONNAIRE: Final = "tochuc-1690"
CAMPAIGN: Final = "nang-luc-to-chuc"
FIRST_ROUND: Final = "tochuc-2024"
PAST_ROUND: Final = "tochuc-2025"
OPEN_ROUND: Final = "tochuc-2026"


def lacking() -> list[str]:
    """What a demo made by another version lacks and no run can add; empty where one can go on.

    A questionnaire that was published is never changed, and an open round's past is not made up
    afterwards.
    """
    found = []
    questionnaire = Questionnaire.objects.filter(code=QUESTIONNAIRE).first()
    published = questionnaire and latest_published(questionnaire)
    if published and not LibraryItem.objects.filter(owner=department()).exists():
        parts = form_of(published).parts
        unfit = [
            item.name
            for item in READY_ITEMS
            if item.name not in parts or not can_be_kept(published, parts[item.name].element.uid)
        ]
        if unfit:
            found.append(f"parts of the questionnaire ({', '.join(unfit)})")
    known = set(Round.objects.values_list("code", flat=True))
    if OPEN_ROUND in known:
        found += [f"the round {code}" for code in (FIRST_ROUND, PAST_ROUND) if code not in known]
        if not VerificationPlan.objects.filter(round__code=PAST_ROUND).exists():
            found.append(f"the verification of {PAST_ROUND}")
    return found
