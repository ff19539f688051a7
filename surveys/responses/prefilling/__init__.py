"""Taking a table of answers: read, judged, applied, put into drafts; its pages."""
