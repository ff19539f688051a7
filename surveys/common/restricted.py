"""Sessions that are good for one thing only, because their person came by a link in a mail."""

from typing import Final

SESSION_KEY: Final = "restricted_to"
"""Holds ``{"link": id, "assignment": id}`` in such a session; a full sign-in takes it away."""
