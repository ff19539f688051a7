"""Digital signatures of responses."""
