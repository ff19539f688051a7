"""Telling people, and what they do with what they were told."""

from surveys.inbox.services.digests import Sent, send_digests
from surveys.inbox.services.preferring import (
    HourUnknown,
    LanguageUnknown,
    WayUnknown,
    set_preferences,
)
from surveys.inbox.services.reading import mark_all_read, mark_read, mark_unread, topic
from surveys.inbox.services.telling import News, PlaceUnknown, WordsMissing, cause, notify

__all__ = [
    "HourUnknown",
    "LanguageUnknown",
    "News",
    "PlaceUnknown",
    "Sent",
    "WayUnknown",
    "WordsMissing",
    "cause",
    "mark_all_read",
    "mark_read",
    "mark_unread",
    "notify",
    "send_digests",
    "set_preferences",
    "topic",
]
