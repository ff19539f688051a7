"""The codebook of a round, or of several rounds."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from analytics.gate.enums import Audience
from analytics.releases.models import Release
from analytics.releases.queries import release_in_force
from exporters.codebooks.answered import files_of, indicator_file, questionnaires_of
from exporters.codebooks.model import Codebook
from exporters.codebooks.study import study_of
from surveys.campaigns.models import Round


def codebook_of(
    rounds: Sequence[Round],
    audience: Audience,
    *,
    as_of: datetime,
    release: Release | None = None,
    is_published: bool = True,
) -> Codebook:
    """The codebook of the rounds, without frequencies (``counting.counted`` adds them).

    The rounds of each campaign are a study. ``audience`` is whom the data are protected for. ``release``
    is what of the newest round the data are; without it, that in force, if there is one. What is not
    ``is_published``, as single answers are not, is of none, and has no licence. Light: pages may call it.
    Raises ValueError for no round.
    """
    if not rounds:
        raise ValueError("A codebook is of one round at least.")
    newest_first = sorted(rounds, key=lambda each: (each.reference_date, each.pk), reverse=True)
    studies = []
    for own in _by_campaign(newest_first):
        given = release if own[0] == newest_first[0] else None
        found = (given or release_in_force(own[0])) if is_published else None
        studies.append(study_of(own, questionnaires_of(own), audience, found))
    answered = questionnaires_of(newest_first)
    files = [file for each in answered for file in files_of(each)]
    indicators = indicator_file(answered)
    return Codebook(
        study=studies[0],
        others=tuple(studies[1:]),
        files=(*files, indicators) if indicators is not None else tuple(files),
        as_of=as_of,
    )


def _by_campaign(newest_first: Sequence[Round]) -> Iterator[Sequence[Round]]:
    """The rounds of each campaign, in their order; the campaign of the newest round first."""
    for campaign in dict.fromkeys(each.campaign_id for each in newest_first):
        yield [each for each in newest_first if each.campaign_id == campaign]
