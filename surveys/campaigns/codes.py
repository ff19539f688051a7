"""Codes: what stands for a campaign or a round in addresses."""

from typing import Final

from surveys.organisations.search import search_key

CODE_LENGTH: Final = 60


def as_code(text: str) -> str:
    """A code made of a text: ``"Năm 2026"`` is ``"nam-2026"``."""
    return search_key(text).replace(" ", "-")[:CODE_LENGTH].rstrip("-")


def round_code(campaign: str, period: str, *, number: int = 1) -> str:
    """The code of a round: its campaign's, the period, and a number from the second one on.

    The campaign's code gives way where the whole is too long.
    """
    end = f"-{as_code(period)}" + (f"-{number}" if number > 1 else "")
    return campaign[: CODE_LENGTH - len(end)].rstrip("-") + end
