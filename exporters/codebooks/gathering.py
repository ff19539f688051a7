"""The codebook of a round, or of several rounds of a campaign."""

from collections.abc import Sequence
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

    All are of one campaign. ``audience`` is whom the data are protected for. ``release`` is what of the
    newest round the data are; without it, that in force, if there is one. What is not ``is_published``,
    as single answers are not, is of none, and has no licence. Light: pages may call it.
    Raises ValueError for no round.
    """
    if not rounds:
        raise ValueError("A codebook is of one round at least.")
    newest_first = sorted(rounds, key=lambda each: (each.reference_date, each.pk), reverse=True)
    found = (release or release_in_force(newest_first[0])) if is_published else None
    answered = questionnaires_of(newest_first)
    files = [file for each in answered for file in files_of(each)]
    indicators = indicator_file(answered)
    return Codebook(
        study=study_of(newest_first, answered, audience, found),
        files=(*files, indicators) if indicators is not None else tuple(files),
        as_of=as_of,
    )
