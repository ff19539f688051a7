"""Resources of exporters: tables of data sets, and files that are asked for and fetched."""
