"""Reading verifications: what can be verified, how far it is, what came of it."""

from surveys.verification.queries.candidates import (
    Claimed,
    Preview,
    claims_of_round,
    own_agencies,
    possible_verifiers,
    preview,
    scored_of_round,
)
from surveys.verification.queries.progress import (
    Progress,
    Unready,
    VerifierLine,
    holds_answers,
    progress_of,
    unready,
)
from surveys.verification.queries.results import (
    Agreement,
    Inflation,
    agreement_of,
    inflation_by_indicator,
    inflation_by_type,
)

__all__ = [
    "Agreement",
    "Claimed",
    "Inflation",
    "Preview",
    "Progress",
    "Unready",
    "VerifierLine",
    "agreement_of",
    "claims_of_round",
    "holds_answers",
    "inflation_by_indicator",
    "inflation_by_type",
    "own_agencies",
    "possible_verifiers",
    "preview",
    "progress_of",
    "scored_of_round",
    "unready",
]
