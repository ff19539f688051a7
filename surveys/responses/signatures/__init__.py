"""Digital signatures: signed PDFs as they were handed in, and what was found in them."""
