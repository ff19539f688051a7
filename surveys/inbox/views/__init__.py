"""The bell, the inbox, and how a person wants to be told."""

from surveys.inbox.views.inbox import (
    AllReadView,
    BellView,
    InboxView,
    NoticeOpenView,
    NoticeReadView,
    NoticeUnreadView,
)
from surveys.inbox.views.preferences import PreferencesView

__all__ = [
    "AllReadView",
    "BellView",
    "InboxView",
    "NoticeOpenView",
    "NoticeReadView",
    "NoticeUnreadView",
    "PreferencesView",
]
