"""Files that arrive in pieces over slow lines, and go on where the line broke."""
