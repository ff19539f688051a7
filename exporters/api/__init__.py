"""Resources of exporters: files that are asked for, and fetched."""
