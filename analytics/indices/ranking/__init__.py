"""The index page of a run: ranking, charts, other weights, units side by side."""
