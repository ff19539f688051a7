"""What is read about campaigns: one module for each page or act."""

from surveys.campaigns.queries.agenda import Coming, Wanted, attention, coming
from surveys.campaigns.queries.agreements import (
    Agreements,
    agreements,
    may_be_extended,
    may_be_refused,
    waiting_wishes,
)
from surveys.campaigns.queries.counts import Counts
from surveys.campaigns.queries.opening import (
    agencies_by_type,
    questions_at_start,
    rounds_to_erase,
    versions_asked,
    versions_by_type,
)
from surveys.campaigns.queries.overview import (
    LevelRow,
    Overview,
    StepRow,
    TypeRow,
    no_longer_asked,
    overview,
)
from surveys.campaigns.queries.progress import Progress, ProgressDay, progress
from surveys.campaigns.queries.provinces import ProvinceRow, province_names, provinces
from surveys.campaigns.queries.rounds import (
    CampaignGroup,
    RoundFilters,
    RoundList,
    RoundRow,
    rounds_of,
    summaries,
)
from surveys.campaigns.queries.successions import open_tasks_of
from surveys.campaigns.queries.targets import (
    TargetPreview,
    agencies_named,
    agencies_to_ask,
    attribute_values,
    preview,
    strata_of,
)
from surveys.campaigns.queries.units import (
    PAGE_SIZES,
    UnitFilters,
    UnitRow,
    Units,
    units,
    wanted_units,
)

__all__ = [
    "PAGE_SIZES",
    "Agreements",
    "CampaignGroup",
    "Coming",
    "Counts",
    "LevelRow",
    "Overview",
    "Progress",
    "ProgressDay",
    "ProvinceRow",
    "RoundFilters",
    "RoundList",
    "RoundRow",
    "StepRow",
    "TargetPreview",
    "TypeRow",
    "UnitFilters",
    "UnitRow",
    "Units",
    "Wanted",
    "agencies_by_type",
    "agencies_named",
    "agencies_to_ask",
    "agreements",
    "attention",
    "attribute_values",
    "coming",
    "may_be_extended",
    "may_be_refused",
    "no_longer_asked",
    "open_tasks_of",
    "overview",
    "preview",
    "progress",
    "province_names",
    "provinces",
    "questions_at_start",
    "rounds_of",
    "rounds_to_erase",
    "strata_of",
    "summaries",
    "units",
    "versions_asked",
    "versions_by_type",
    "waiting_wishes",
    "wanted_units",
]
