"""Resources of surveys: units, campaigns, rounds, assignments, an agency's own response."""
