"""What the department has filled in beforehand: the tables it sent, and their values."""
