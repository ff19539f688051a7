"""Responses on paper: the PDF of a revision, kept once, and prints of drafts."""
