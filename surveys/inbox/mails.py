"""Notices as a mail, in the language that is active."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.inbox.models import Notice
from surveys.organisations.models import User

MOST: Final = 30
"""How many notices are written out; of the others the mail says how many they are."""


def subject_of(notices: Sequence[Notice]) -> str:
    """What a single notice says; of several, how many they are."""
    if len(notices) == 1:
        return notices[0].sentence
    return ngettext(
        "Digital Survey: %(count)d unread notice",
        "Digital Survey: %(count)d unread notices",
        len(notices),
    ) % {"count": len(notices)}


def text_of(person: User, notices: Sequence[Notice]) -> str:
    """The newest notices first, each with where it leads, and how to be told otherwise."""
    return "\n\n".join(_paragraphs(person, notices)) + "\n"


def _paragraphs(person: User, notices: Sequence[Notice]) -> Iterator[str]:
    yield _("Dear %(name)s,") % {"name": person}
    yield _("These notices have not been read yet:")
    newest = list(reversed(notices))
    for notice in newest[:MOST]:
        yield f"{notice.sentence}\n{_address('notice_open', notice.pk)}"
    if (more := len(newest) - MOST) > 0:
        yield ngettext("And %(count)d more.", "And %(count)d more.", more) % {"count": more}
    yield _("All notices: %(url)s") % {"url": _address("inbox")}
    yield _("To be told in another way: %(url)s") % {"url": _address("inbox_preferences")}


def _address(name: str, *arguments: int) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=arguments)}"
