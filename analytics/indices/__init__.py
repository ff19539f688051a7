"""Composite indices: definitions with versions, runs over a round, what came of each unit."""
