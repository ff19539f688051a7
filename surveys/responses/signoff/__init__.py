"""The way of a response through its signatures: whose turn it is, what was done."""
