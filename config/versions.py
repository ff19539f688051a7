"""What higher contexts know about a version of a questionnaire."""

from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.usage import Use
from surveys.responses.queries import drafts_of, drafts_with, number_of_responses


def use_of(version: QuestionnaireVersion, names: tuple[str, ...] = ()) -> Use:
    """How many responses use the version, how many of them are drafts still, and which answers the
    drafts hold.
    """
    return Use(
        drafts=drafts_of(version).count(),
        responses=number_of_responses(version),
        answered={name: drafts_with(version, name) for name in names},
    )
