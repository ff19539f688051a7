"""Erasing personal data: when a round's time is over, and when a person asks for it."""
