"""What devices speak to."""
