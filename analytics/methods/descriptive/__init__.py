"""One question at a time: distributions with their bases, and intervals with their methods' names.

>>> from analytics.methods.descriptive import Answers, Design, Mode, single_choice
>>> found = single_choice(Answers(["yes", "no", "KAD", None]), ["yes", "no"])
>>> found.n, found.base.blank, found.base.missing["KAD"], found.options[0].valid.value
(2, 1, 1, 0.5)
"""

from analytics.methods.descriptive.choices import (
    MultipleOption,
    MultipleResponse,
    Option,
    RankedOption,
    Ranking,
    SingleChoice,
    Written,
    from_tally,
    multiple_response,
    ranked,
    single_choice,
    written_beside,
)
from analytics.methods.descriptive.columns import MISSING, Answers, Base, Tally, added, tally
from analytics.methods.descriptive.design import CENSUS, Design, Mode, NoInterval
from analytics.methods.descriptive.intervals import Estimate, Interval, Method
from analytics.methods.descriptive.likert import Likert, Scale, Segment, likert
from analytics.methods.descriptive.numbers import (
    Bin,
    Histogram,
    NumberSummary,
    Spread,
    histogram,
    number_summary,
)

__all__ = [
    "CENSUS",
    "MISSING",
    "Answers",
    "Base",
    "Bin",
    "Design",
    "Estimate",
    "Histogram",
    "Interval",
    "Likert",
    "Method",
    "Mode",
    "MultipleOption",
    "MultipleResponse",
    "NoInterval",
    "NumberSummary",
    "Option",
    "RankedOption",
    "Ranking",
    "Scale",
    "Segment",
    "SingleChoice",
    "Spread",
    "Tally",
    "Written",
    "added",
    "from_tally",
    "histogram",
    "likert",
    "multiple_response",
    "number_summary",
    "ranked",
    "single_choice",
    "tally",
    "written_beside",
]
