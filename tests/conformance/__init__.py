"""Cases of the field's public suites, read from outside the repository, held against the engine."""
