"""What the units said in earlier rounds, for an index that fills blanks from them. Loads pandas:
import it inside a task only.
"""

from typing import Final

import pandas as pd  # noqa: TID253  (this module is imported by task bodies only)

from analytics.definitions import IndexDefinition
from analytics.definitions.vocabulary import ImputationMethod
from analytics.indices.enums import Scores
from analytics.indices.frames import frame_of
from analytics.indices.leaves import read_values
from analytics.indices.models import CompositeIndex
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Round

LOOKING_BACK: Final = frozenset(
    {
        ImputationMethod.LATEST,
        ImputationMethod.LINEAR,
        ImputationMethod.CONSTANT,
        ImputationMethod.LINEAR_CONSTANT,
    }
)


def looks_back(definition: IndexDefinition) -> bool:
    """Whether some blank is to be filled from other periods."""
    own = [each.imputation for each in definition.indicators if each.imputation is not None]
    methods = {each.method for each in (definition.missing.imputation, *own)}
    return bool(methods & LOOKING_BACK)


def panel_of(
    definition: IndexDefinition, round_: Round, *, index: CompositeIndex, scores: Scores
) -> pd.DataFrame | None:
    """The closed earlier rounds of the campaign, one row a unit and round; None without any.

    The period of a round is its place among them, so that "at most two periods back" means two
    rounds; the round itself comes one period after the last.
    """
    earlier = Round.objects.filter(
        campaign=round_.campaign,
        status=RoundStatus.CLOSED,
        reference_date__lt=round_.reference_date,
    ).order_by("reference_date", "pk")
    frames = []
    for period, each in enumerate(earlier.select_related("campaign", "version"), start=1):
        frame = frame_of(definition, read_values(definition, each, index=index, scores=scores))
        frames.append(frame.assign(**{definition.columns.period: period}))
    return pd.concat(frames, ignore_index=True) if frames else None
