"""Agencies change by documents; nothing is deleted, ids stay, and every step has its day."""

from surveys.organisations.services.changes.document import (
    AgencyDissolved,
    ChangeInFuture,
    ChangeTooEarly,
    Document,
)
from surveys.organisations.services.changes.merging import (
    MergedWithItself,
    NewUnit,
    NotDivided,
    merge_agencies,
    split_agency,
)
from surveys.organisations.services.changes.naming import Name
from surveys.organisations.services.changes.renaming import (
    BelowItself,
    NothingChanged,
    move_agency,
    rename_agency,
)
from surveys.organisations.services.changes.tree import TreeTooDeep

__all__ = [
    "AgencyDissolved",
    "BelowItself",
    "ChangeInFuture",
    "ChangeTooEarly",
    "Document",
    "MergedWithItself",
    "Name",
    "NewUnit",
    "NotDivided",
    "NothingChanged",
    "TreeTooDeep",
    "merge_agencies",
    "move_agency",
    "rename_agency",
    "split_agency",
]
