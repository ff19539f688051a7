"""Reports as PDF: what stands in them as plain data, gathered, and set by typst."""
