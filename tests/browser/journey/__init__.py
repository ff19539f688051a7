"""The people of the campaign journey and what each of them does in the browser."""
