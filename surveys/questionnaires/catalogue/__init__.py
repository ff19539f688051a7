"""The indicator catalogue of an owner: what its questionnaires measure, and how answers score."""
