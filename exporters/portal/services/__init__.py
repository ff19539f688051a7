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
from exporters.portal.services.terms import TermsMoved, accept_terms

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
    "UntilUnfit",
    "VariablesUnknown",
    "accept_terms",
    "approve_request",
    "ask_for_microdata",
    "end_request",
    "refuse_request",
    "withdraw_request",
]
