"""What each kind of notice says, and how it reaches people who have not chosen otherwise.

A sentence is made when it is read, in the reader's language, from the notice's ``data``. Names in
``%(…)s`` are keys of ``data``; see ``words.value_in`` for what may stand there. A new kind is a member
of ``NoticeKind`` and a line here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.inbox.enums import NoticeKind, Way

PLACES: Final = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class Words:
    """One kind: its sentence, the icon before it, and the way it goes unless somebody chose."""

    sentence: str | Promise
    icon: str
    way: Way


KINDS: Final[Mapping[str, Words]] = {
    # The letter that invites an agency goes by mail already, as the reminders do.
    NoticeKind.ASSIGNED: Words(
        _("%(agency)s is asked to answer “%(campaign)s”, %(period)s, by %(due_on)s."),
        "clipboard",
        Way.PAGE,
    ),
    NoticeKind.PART_GIVEN: Words(
        _("%(actor)s gave you %(part)s of “%(campaign)s”, %(period)s, to answer by %(due_on)s."),
        "person",
        Way.AT_ONCE,
    ),
    NoticeKind.PART_CHANGED: Words(
        _("%(part)s of “%(campaign)s”, %(period)s, is now due from you by %(due_on)s."),
        "calendar-date",
        Way.AT_ONCE,
    ),
    NoticeKind.PART_WITHDRAWN: Words(
        _("%(actor)s took %(part)s of “%(campaign)s”, %(period)s, back from you."),
        "person",
        Way.AT_ONCE,
    ),
    NoticeKind.PART_DUE: Words(
        _("%(part)s of “%(campaign)s”, %(period)s, is due from you by %(due_on)s."),
        "clock",
        Way.DAILY,
    ),
    NoticeKind.PART_LATE: Words(
        _("%(part)s of “%(campaign)s”, %(period)s, was due from you by %(due_on)s."),
        "clock-history",
        Way.DAILY,
    ),
    NoticeKind.DEADLINE_NEAR: Words(
        _("%(agency)s has until %(due_on)s to answer “%(campaign)s”, %(period)s."),
        "clock",
        Way.PAGE,
    ),
    NoticeKind.SENT: Words(
        _(
            "The answers of %(agency)s to “%(campaign)s”, %(period)s, wait for your approval or signature."
        ),
        "pen",
        Way.AT_ONCE,
    ),
    NoticeKind.SIGNATURE_REFUSED: Words(
        _(
            "The signed PDF of the answers of %(agency)s to “%(campaign)s”, %(period)s, was not "
            "accepted, so they are not signed yet. See why, and what to do."
        ),
        "exclamation-circle",
        Way.AT_ONCE,
    ),
    NoticeKind.RETURNED: Words(
        _("The answers of %(agency)s to “%(campaign)s”, %(period)s, are returned: %(reason)s"),
        "arrow-return-left",
        Way.AT_ONCE,
    ),
    NoticeKind.SIGNED: Words(
        _("The answers of %(agency)s to “%(campaign)s”, %(period)s, are signed and submitted."),
        "check2-square",
        Way.DAILY,
    ),
    NoticeKind.MIGRATED: Words(
        _("“%(campaign)s”, %(period)s, goes on with version %(version)s. Check your answers."),
        "arrow-repeat",
        Way.DAILY,
    ),
    NoticeKind.EXTENSION_ASKED: Words(
        _("%(agency)s asks for time until %(until_on)s for “%(campaign)s”, %(period)s."),
        "calendar-date",
        Way.DAILY,
    ),
    NoticeKind.EXTENSION_GRANTED: Words(
        _("%(agency)s may answer “%(campaign)s”, %(period)s, until %(until_on)s."),
        "calendar-date",
        Way.DAILY,
    ),
    NoticeKind.EXTENSION_DENIED: Words(
        _("%(agency)s gets no more time for “%(campaign)s”, %(period)s. Due by %(due_on)s."),
        "calendar-date",
        Way.AT_ONCE,
    ),
    NoticeKind.ROUND_OPENED: Words(
        _("“%(campaign)s”, %(period)s, is open until %(due_on)s; agencies asked: %(agencies)s."),
        "collection",
        Way.PAGE,
    ),
    NoticeKind.ROUND_CLOSED: Words(
        _("“%(campaign)s”, %(period)s, is closed; submitted: %(submitted)s of %(agencies)s."),
        "lock",
        Way.DAILY,
    ),
    NoticeKind.ROUND_NOT_OPENED: Words(
        _("“%(campaign)s”, %(period)s, could not open by itself: %(reason)s"),
        "exclamation-circle",
        Way.AT_ONCE,
    ),
    NoticeKind.MAIL_BOUNCED: Words(
        _("The mail to %(address)s (%(agency)s) about “%(campaign)s”, %(period)s, came back."),
        "exclamation-circle",
        Way.DAILY,
    ),
    NoticeKind.VERIFICATION_GIVEN: Words(
        _("Answers to verify of “%(campaign)s”, %(period)s, wait for you: %(items)s."),
        "check2-square",
        Way.AT_ONCE,
    ),
    NoticeKind.FINDINGS: Words(
        _(
            "The verification of the answers of %(agency)s to “%(campaign)s”, %(period)s, is there. "
            "You may explain until %(until_on)s."
        ),
        "check2-square",
        Way.AT_ONCE,
    ),
    NoticeKind.EXPLAINED: Words(
        _("%(agency)s explains a finding (%(indicator)s) on “%(campaign)s”, %(period)s."),
        "chat-left-text",
        Way.DAILY,
    ),
    NoticeKind.RULED: Words(
        _(
            "The explanation of %(agency)s (%(indicator)s) on “%(campaign)s”, %(period)s, is decided "
            "on: %(reason)s"
        ),
        "check2-square",
        Way.DAILY,
    ),
    NoticeKind.VERIFIED: Words(
        _("The answers of %(agency)s to “%(campaign)s”, %(period)s, are verified; it is final."),
        "lock",
        Way.DAILY,
    ),
    NoticeKind.RELEASE_PROPOSED: Words(
        _("%(actor)s proposes to publish the results of “%(campaign)s”, %(period)s."),
        "broadcast",
        Way.AT_ONCE,
    ),
    NoticeKind.RELEASED: Words(
        _("The results of “%(campaign)s”, %(period)s, are published."),
        "broadcast",
        Way.AT_ONCE,
    ),
    NoticeKind.DATA_REQUESTED: Words(
        _("%(actor)s asks for single answers of “%(campaign)s”, %(period)s."),
        "inbox",
        Way.AT_ONCE,
    ),
    NoticeKind.DATA_REQUEST_DECIDED: Words(
        _("Your request for single answers of “%(campaign)s”, %(period)s, is decided on."),
        "inbox",
        Way.AT_ONCE,
    ),
    NoticeKind.FILE_READY: Words(
        _("The file you asked for of “%(campaign)s”, %(period)s, is ready."),
        "download",
        Way.PAGE,
    ),
    NoticeKind.DEVICE_WAITS: Words(
        _(
            "From ODK Collect for “%(campaign)s”, %(period)s, of %(agency)s: answers not stored: "
            "%(answers)s. Choose which hold."
        ),
        "exclamation-circle",
        Way.DAILY,
    ),
    NoticeKind.WEBHOOK_OFF: Words(
        _("The webhook to %(host)s was switched off: it took no message for too long."),
        "exclamation-circle",
        Way.AT_ONCE,
    ),
    NoticeKind.MENTIONED: Words(
        _("%(actor)s mentions you in a comment on “%(campaign)s”, %(period)s."),
        "chat-left-text",
        Way.AT_ONCE,
    ),
    NoticeKind.SUBSTITUTION: Words(
        _("%(substitute)s stands in for %(absent)s at %(agency)s from %(from_on)s to %(to_on)s."),
        "people",
        Way.AT_ONCE,
    ),
}


@cache
def places(kind: NoticeKind) -> frozenset[str]:
    """The keys that the data of a notice of this kind must have."""
    sentence = KINDS[kind].sentence
    return frozenset(PLACES.findall(sentence if isinstance(sentence, str) else str(sentence)))
