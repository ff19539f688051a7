"""Reports on mails that could not be delivered, as mail servers write them."""

from textwrap import dedent


def report(
    message_id: str = "",
    address: str = "dau-moi-1@example.gov.vn",
    *,
    action: str = "failed",
    whole: bool = False,
) -> bytes:
    """A report as Postfix writes it, on one recipient; without an id it shows no headers."""
    kind = "message/rfc822" if whole else "text/rfc822-headers"
    shown = (
        f"Message-ID: {message_id}\nSubject: =?utf-8?b?TeG7nWk=?=" if message_id else "Subject: M"
    )
    text = f"""\
        Return-Path: <>
        From: MAILER-DAEMON@mx.example.gov.vn (Mail Delivery System)
        To: tra-lai@example.vn
        Subject: Undelivered Mail Returned to Sender
        Message-Id: <the-report-itself@mx.example.gov.vn>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="B/mx"

        --B/mx
        Content-Type: text/plain; charset=us-ascii

        I'm sorry to have to inform you.

        --B/mx
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.gov.vn
        Arrival-Date: Fri, 20 Nov 2026 09:31:00 +0700 (+07)

        Final-Recipient: rfc822; {address}
        Action: {action}
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 <{address}>:
            User unknown

        --B/mx
        Content-Type: {kind}

        @shown@
        --B/mx--
        """
    return dedent(text).replace("@shown@", f"{shown}\n\nbody" if whole else shown).encode()
