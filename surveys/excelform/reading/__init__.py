"""A returned workbook: its cells, what they say of which answer, and what cannot be read of them."""
