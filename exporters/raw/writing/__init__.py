"""Writing raw data: loads pyarrow, so it is imported in background tasks only."""
