"""The sheets around those that compute: cover, summary, profile, tables of the round, and what explains them."""
