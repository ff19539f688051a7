"""The log of a round in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from surveys.audit.enums import Event
from surveys.campaigns.mail_pages import step_label
from surveys.campaigns.periods import period_in_english
from surveys.campaigns.queries.log import OF_ANSWERS, Entry
from surveys.campaigns.queries.mails import base_of
from surveys.organisations.enums import Decision

SENTENCES: Final[Mapping[Event, str | Promise]] = {
    Event.ROUND_CREATED: _("The round was planned: %(period)s."),
    Event.ROUND_OPENED: _("The round was opened; agencies asked: %(agencies)s."),
    Event.ROUND_INVITED: _("Invitations were written; agencies: %(agencies)s."),
    Event.REMINDERS_QUEUED: _("Reminders were written: %(steps)s; mails: %(mails)s."),
    Event.ROUND_AGENCIES_ADDED: _("Asked too: %(tasks)s."),
    Event.ROUND_AGENCIES_REMOVED: _("No longer asked: %(tasks)s."),
    Event.ROUND_AGENCIES_SUCCEEDED: _("Agencies changed by %(document)s: %(decisions)s."),
    Event.ROUND_NOT_OPENED: _("The round could not open by itself."),
    Event.ROUND_POSTPONED: _("The deadline was moved from %(from)s to %(to)s."),
    Event.ROUND_CLOSED: _("The round was closed; submitted: %(submitted)s of %(agencies)s."),
    Event.ROUND_REOPENED: _("The round was reopened until %(to)s."),
    Event.ROUND_CANCELLED: _("The round was cancelled."),
    Event.ROUND_VERSION_CHANGED: _("Version %(to)s of the questionnaire is asked from now on."),
    Event.ROUND_PREFILLED: _("Answers were filled in from the file %(file)s; values: %(values)s."),
    Event.ROUND_PERSONAL_DATA_ERASED: _("The personal data in the answers were erased."),
    Event.EXTENSION_ASKED: _("%(agency)s asked for time until %(until)s."),
    Event.EXTENSION_GRANTED: _("%(agency)s got time until %(until)s."),
    Event.EXTENSION_DENIED: _("%(agency)s got no more time."),
    Event.EXTENSION_WRITTEN: _("The new deadline was written to %(agency)s."),
    Event.EXTENSION_WITHDRAWN: _("%(agency)s took back its request for more time."),
    Event.REFUSAL_RECORDED: _("%(agency)s does not answer."),
    Event.REFUSAL_WITHDRAWN: _("%(agency)s answers after all."),
    Event.RESPONSE_STARTED: _("%(agency)s began to answer."),
    Event.RESPONSE_SENT: _("%(agency)s sent the answers for signature."),
    Event.RESPONSE_APPROVED: _("The answers of %(agency)s were approved."),
    Event.RESPONSE_SIGNED: _("%(agency)s signed and submitted: %(receipt)s."),
    Event.RESPONSE_RETURNED: _("The answers of %(agency)s were returned."),
    Event.RESPONSE_PERSONAL_DATA_ERASED: _(
        "Personal data in the answers of %(agency)s were erased on request (%(document)s)."
    ),
    Event.VERIFICATION_PLANNED: _("The verification was planned."),
    Event.VERIFICATION_HANDED_OUT: _(
        "The verification began; agencies: %(agencies)s, answers: %(items)s."
    ),
    Event.VERIFICATION_WORK_MOVED: _("Work went to another verifier; answers: %(judgements)s."),
    Event.FINDINGS_RELEASED: _(
        "Findings were released; agencies: %(agencies)s, to explain until %(until)s."
    ),
    Event.FINDING_EXPLAINED: _("%(agency)s explained a finding: %(indicator)s."),
    Event.EXPLANATION_DECIDED: _("The explanation of %(agency)s was decided on: %(indicator)s."),
    Event.VERIFICATION_CLOSED: _("The verification was closed; agencies: %(agencies)s."),
    Event.RESPONSE_VERIFIED: _("The answers of %(agency)s are verified."),
    Event.RELEASE_PROPOSED: _("Publication no. %(number)s was proposed."),
    Event.RELEASE_APPROVED: _(
        "Publication no. %(number)s was approved; agencies whose answers stand still: %(agencies)s."
    ),
    Event.RELEASE_WITHDRAWN: _("Publication no. %(number)s was withdrawn."),
    Event.SIGNED_PDF_REFUSED: _("A signed PDF of %(agency)s was not accepted."),
    Event.SIGNATURE_BROKEN: _("A digital signature of %(agency)s does not hold any more."),
}
OTHERWISE: Final = _("%(kind)s: %(agency)s")
UNKNOWN: Final = "…"


@dataclass(frozen=True)
class Line:
    """One line of the log; without an actor it happened ``by_itself``, or nobody was recorded."""

    at: datetime
    text: str
    reason: str
    actor: str
    by_itself: bool = False


class _Words(dict[str, str]):
    """What a sentence needs; an old event may lack something of it."""

    def __missing__(self, key: str) -> str:
        return UNKNOWN


def line(entry: Entry) -> Line:
    """The entry as a sentence in the reader's language, its reason and who did it."""
    words = _Words({name: _in_words(value) for name, value in entry.data.items()})
    if get_language() == "en":
        words["period"] = period_in_english(words["period"])
    words["agency"] = _named(entry.agency)
    words["tasks"] = ", ".join(_named(names) for names in entry.tasks.values())
    words["document"] = entry.document or words["document"]
    words["kind"] = entry.kind.value
    if "decisions" in entry.data:
        words["decisions"] = _decisions(entry)
    if "steps" in entry.data:
        steps = dict.fromkeys(step_label(base_of(step)) for step in entry.data["steps"])
        words["steps"] = "; ".join(steps)
    text = str(SENTENCES.get(entry.kind, OTHERWISE)) % words
    # What the department says to a request counts more than why it was made.
    reason = entry.data.get("note") or entry.data.get("reason") or ""
    by_itself = not entry.actor and entry.kind not in OF_ANSWERS
    return Line(entry.at, text, str(reason), entry.actor, by_itself)


def _named(names: Mapping[str, str]) -> str:
    return names.get(get_language() or "vi") or names.get("vi") or UNKNOWN


def _decisions(entry: Entry) -> str:
    """Each task and what was decided of it."""
    return "; ".join(
        f"{_named(entry.tasks.get(int(task), {}))} ({Decision(decision).label})"
        for task, decision in entry.data["decisions"].items()
    )


def _in_words(value: Any) -> str:
    """A number in the reader's way, an ISO date as a day, else the text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(number_format(value, force_grouping=True))
    try:
        return str(date_format(date.fromisoformat(str(value)), "j/n/Y"))
    except ValueError:
        return str(value)
