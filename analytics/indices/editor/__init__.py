"""A draft as forms: fields at their places in the document, acts that change its shape. No database."""
