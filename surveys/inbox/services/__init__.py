"""Telling people, and what they do with what they were told."""

from surveys.inbox.services.preferring import HourUnknown, WayUnknown, set_preferences
from surveys.inbox.services.reading import mark_all_read, mark_read, mark_unread, topic
from surveys.inbox.services.telling import News, WordsMissing, cause, notify

__all__ = [
    "HourUnknown",
    "News",
    "WayUnknown",
    "WordsMissing",
    "cause",
    "mark_all_read",
    "mark_read",
    "mark_unread",
    "notify",
    "set_preferences",
    "topic",
]
