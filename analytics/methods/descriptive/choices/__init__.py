"""Questions answered by choosing: one, several, or an order."""

from analytics.methods.descriptive.choices.multiple import (
    MultipleOption,
    MultipleResponse,
    indicators,
    multiple_response,
)
from analytics.methods.descriptive.choices.ranked import RankedOption, Ranking, ranked
from analytics.methods.descriptive.choices.single import (
    Option,
    SingleChoice,
    Written,
    from_tally,
    single_choice,
    written_beside,
)

__all__ = [
    "MultipleOption",
    "MultipleResponse",
    "Option",
    "RankedOption",
    "Ranking",
    "SingleChoice",
    "Written",
    "from_tally",
    "indicators",
    "multiple_response",
    "ranked",
    "single_choice",
    "written_beside",
]
