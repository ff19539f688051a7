"""A round that runs by its campaign's plan: who takes part, and what each of them does."""
