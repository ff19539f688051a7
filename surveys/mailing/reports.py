"""What a mail server reports of mails it could not deliver (RFC 3464). Plain Python, no Django.

Anybody can send such a report: ``read_report`` runs under ``surveys.limited``.
"""

import re
from collections.abc import Iterable
from email import message_from_bytes, message_from_string
from email.message import Message
from typing import Any, Final

from surveys.limited import Refused

MOST_RECIPIENTS: Final = 50
MOST_PARTS: Final = 20
MOST_TEXT: Final = 2_000

MESSAGE_ID: Final = re.compile(r"<[^<>\s]{1,250}>", re.ASCII)
STATUS: Final = re.compile(r"[245]\.\d{1,3}\.\d{1,3}", re.ASCII)
HEADERS_ONLY: Final = {"text/rfc822-headers", "message/global-headers"}
WHOLE: Final = {"message/rfc822", "message/global"}

Report = dict[str, Any]


def read_report(data: bytes) -> Report:
    """``{"message_id": "<…>" or "", "returned": [[address, status, diagnosis], …]}``.

    ``returned`` holds the recipients for whom delivery has failed for good, in the order of the
    report; delays and successes are left out. Raises Refused when the data are no such report.
    """
    message = message_from_bytes(data)
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        raise Refused("This is no report of a mail server.")
    parts = _parts(message)[:MOST_PARTS]
    status = next((p for p in parts if p.get_content_type() == "message/delivery-status"), None)
    if status is None:
        raise Refused("This is no report on delivery.")
    blocks = _parts(status)[: MOST_RECIPIENTS + 1]
    return {
        "message_id": next(filter(None, map(_message_id, parts)), ""),
        "returned": list(_returned(blocks)),
    }


def _returned(blocks: Iterable[Message]) -> Iterable[list[str]]:
    for block in blocks:
        if _field(block, "Action").lower() != "failed":
            continue
        address = _value(block, "Original-Recipient") or _value(block, "Final-Recipient")
        status = STATUS.search(_field(block, "Status"))
        diagnosis = _value(block, "Diagnostic-Code")
        yield [address, status[0] if status else "", diagnosis]


def _message_id(part: Message) -> str:
    """The Message-ID of the mail that the part shows, whole or by its headers; else nothing."""
    kind = part.get_content_type()
    if kind in HEADERS_ONLY and not part.is_multipart():
        content = part.get_payload(decode=True)
        original = message_from_string(
            content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
        )
    elif kind in WHOLE | HEADERS_ONLY and (inner := _parts(part)):
        original = inner[0]
    else:
        return ""
    found = MESSAGE_ID.search(_field(original, "Message-ID"))
    return found[0] if found else ""


def _value(block: Message, name: str) -> str:
    """A field such as ``rfc822; an@example.vn`` without its type."""
    _type, _semicolon, value = _field(block, name).partition(";")
    return value.strip()


def _field(block: Message, name: str) -> str:
    return " ".join(str(block.get(name, ""))[:MOST_TEXT].split())


def _parts(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [p for p in payload if isinstance(p, Message)] if isinstance(payload, list) else []
