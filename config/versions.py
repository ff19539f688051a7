"""What higher contexts know about a version of a questionnaire."""

from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.usage import Use
from surveys.responses.queries import drafts_of, number_of_responses


def use_of(version: QuestionnaireVersion) -> Use:
    """How many responses use the version, and how many of them are drafts still."""
    return Use(drafts=drafts_of(version).count(), responses=number_of_responses(version))
