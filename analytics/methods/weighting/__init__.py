"""Weights of a sample survey, and standard errors that know the design."""
