"""Reading verifications: what can be verified, how far it is, what came of it."""

from surveys.verification.queries.candidates import (
    Claimed,
    Preview,
    claims_of_round,
    own_agencies,
    possible_verifiers,
    preview,
    scored_of_round,
    signed_agencies,
)
from surveys.verification.queries.progress import (
    Progress,
    Unready,
    VerifierLine,
    holds_answers,
    progress_of,
    unready,
    with_work_left,
)
from surveys.verification.queries.results import (
    Agreement,
    Inflation,
    agreement_of,
    inflation_by_indicator,
    inflation_by_type,
)
from surveys.verification.queries.work import (
    FILTERS,
    filtered,
    findings_of,
    next_to_judge,
    to_decide,
    work_counts,
    work_of,
)

__all__ = [
    "FILTERS",
    "Agreement",
    "Claimed",
    "Inflation",
    "Preview",
    "Progress",
    "Unready",
    "VerifierLine",
    "agreement_of",
    "claims_of_round",
    "filtered",
    "findings_of",
    "holds_answers",
    "inflation_by_indicator",
    "inflation_by_type",
    "next_to_judge",
    "own_agencies",
    "possible_verifiers",
    "preview",
    "progress_of",
    "scored_of_round",
    "signed_agencies",
    "to_decide",
    "unready",
    "with_work_left",
    "work_counts",
    "work_of",
]
