"""The texts of a draft in its languages: what is missing, what is wrong, out to Excel and back."""
