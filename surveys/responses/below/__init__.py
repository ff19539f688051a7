"""What the units below an agency answered, rolled up for the agency's own answers."""
