"""The columnar copy of a round: what was signed, as Parquet, kept up to date step by step."""
