"""Accepting the terms of use."""

from exporters.portal.services.terms import TermsMoved, accept_terms

__all__ = ["TermsMoved", "accept_terms"]
