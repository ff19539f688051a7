"""What a mail server's answer means for one mail. Plain functions."""

import re
import smtplib
from dataclasses import dataclass
from typing import Final

from surveys.common.errors import DomainError
from surveys.mailing.enums import MailStatus
from surveys.mailing.wording import one_line

TEXT_LENGTH: Final = 500
# RFC 3463: a class, what it is about, and the detail.
ENHANCED: Final = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])", re.ASCII)
ABOUT_THE_RECIPIENT: Final = {"1", "2"}
"""The second figure of an enhanced code when address or mailbox are at fault, not we."""
CLOSING: Final = 421


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a mail: sent, waiting (try again later), bounced or failed, and why."""

    status: MailStatus
    text: str = ""
    code: str = ""
    line_is_bad: bool = False
    """The connection is of no use any more."""


SENT: Final = Verdict(MailStatus.SENT)


def verdict_on(error: Exception) -> Verdict:
    """What an error while handing over means.

    A 5xx to the recipient: the mail has come back. A 5xx to the content: the same if the server says
    that the mailbox is at fault, else failed, since another day or another text may please it. A
    refusal of our own (no such link) is final too. All else passes: the mail waits.
    """
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, answer = next(iter(error.recipients.values()))
            return _answered(code, answer, refused=MailStatus.BOUNCED)
        case smtplib.SMTPDataError():
            return _answered(error.smtp_code, error.smtp_error, refused=MailStatus.FAILED)
        case smtplib.SMTPResponseException():
            return Verdict(MailStatus.WAITING, said(error), line_is_bad=True)
        case DomainError():
            return Verdict(MailStatus.FAILED, said(error))
        case smtplib.SMTPNotSupportedError() | ValueError():
            return Verdict(MailStatus.FAILED, said(error))
        case _:
            return Verdict(MailStatus.WAITING, said(error), line_is_bad=isinstance(error, OSError))


def said(error: Exception) -> str:
    """The error in one line, in the server's own words where it gave some."""
    if isinstance(error, DomainError):
        return one_line(str(error), TEXT_LENGTH)
    if isinstance(error, smtplib.SMTPResponseException):
        return one_line(f"{error.smtp_code} {_text(error.smtp_error)}", TEXT_LENGTH)
    return one_line(f"{type(error).__name__}: {error}", TEXT_LENGTH)


def _answered(code: int, answer: bytes | str, *, refused: MailStatus) -> Verdict:
    text = one_line(f"{code} {_text(answer)}", TEXT_LENGTH)
    if not 500 <= code < 600:
        return Verdict(MailStatus.WAITING, text, line_is_bad=code == CLOSING)
    enhanced = ENHANCED.search(text)
    if enhanced and enhanced[2] in ABOUT_THE_RECIPIENT:
        refused = MailStatus.BOUNCED
    return Verdict(refused, text, enhanced[0] if enhanced else str(code))


def _text(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
