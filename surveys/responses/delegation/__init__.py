"""The coordinator divides the work on a form among the agency's people."""
