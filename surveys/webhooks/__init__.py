"""Webhooks: programs are told of changes of state, signed, in order, at least once."""
