"""What a text in both languages is."""

from collections.abc import Mapping

Both = Mapping[str, Mapping[str, str]]
"""Texts by language, by what they are for."""
