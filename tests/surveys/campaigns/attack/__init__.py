"""The schedule killed at random moments, overlapping, repeated: nothing is lost and nothing is twice."""
