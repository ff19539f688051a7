"""Accepting the terms of use; requests for microdata."""

from exporters.portal.services.requests import (
    Need,
    NotYourRequest,
    OwnRequest,
    RequestDoubled,
    RequestMovedOn,
    RequestNotOpen,
    RequestReasonMissing,
    RequestUnfit,
    UntilUnfit,
    VariablesUnknown,
    approve_request,
    ask_for_microdata,
    end_request,
    refuse_request,
    withdraw_request,
)
from exporters.portal.services.terms import (
    TermsMoved,
    TermsNotAccepted,
    accept_terms,
    refuse_unless_accepted,
)

__all__ = [
    "Need",
    "NotYourRequest",
    "OwnRequest",
    "RequestDoubled",
    "RequestMovedOn",
    "RequestNotOpen",
    "RequestReasonMissing",
    "RequestUnfit",
    "TermsMoved",
    "TermsNotAccepted",
    "UntilUnfit",
    "VariablesUnknown",
    "accept_terms",
    "approve_request",
    "ask_for_microdata",
    "end_request",
    "refuse_request",
    "refuse_unless_accepted",
    "withdraw_request",
]
