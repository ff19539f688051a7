"""The page where raw data are ordered: the column plan, its profiles, what comes of it."""
