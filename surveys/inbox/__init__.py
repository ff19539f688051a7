"""What people are told of: notices in the page, and by e-mail as each of them prefers."""
