"""The product's one signal."""

from typing import Final

from django.dispatch import Signal

event_recorded: Final = Signal()
"""Sent with ``event`` (an AuditEvent) inside the transaction that recorded it.

A receiver's exception is not caught: it undoes the change of state together with its event.
"""
