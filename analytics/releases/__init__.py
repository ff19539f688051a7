"""Publishing the results of a round: one person proposes, another approves."""
