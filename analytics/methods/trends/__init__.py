"""Change between rounds: what changed it, whether the rounds compare, and trends over many."""
