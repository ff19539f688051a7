"""What is read in a mail server's report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.limited import Limits, Reason, Refused, Unreadable, read_limited
from surveys.mailing.reports import read_report
from tests.surveys.mailing.returned import report

ID = "<0123.abc@example.vn>"


@pytest.mark.parametrize("whole", [True, False])
def test_a_report_names_the_mail_and_who_could_not_be_reached(whole):
    assert read_report(report(ID, whole=whole)) == {
        "message_id": ID,
        "returned": [
            [
                "dau-moi-1@example.gov.vn",
                "5.1.1",
                "550 5.1.1 <dau-moi-1@example.gov.vn>: User unknown",
            ]
        ],
    }


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_what_is_only_late_or_went_well_has_not_come_back(action):
    assert read_report(report(ID, action=action))["returned"] == []


def test_the_id_is_that_of_the_mail_not_of_the_report():
    assert read_report(report())["message_id"] == ""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\xff" * 100,
        b"Subject: Re: hello\n\nI am on leave.",
        b"Content-Type: multipart/report\n\nno parts",
        b"Content-Type: multipart/report; boundary=a\n\n--a\n\ntext\n--a--\n",
    ],
)
def test_other_messages_are_refused(data):
    with pytest.raises(Refused):
        read_report(data)


@given(st.data())
def test_a_damaged_report_is_read_or_refused(data):
    whole = report(ID, whole=data.draw(st.booleans()))
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    damaged = whole[:start] + data.draw(st.binary(max_size=40)) + whole[end:]

    try:
        read = read_report(damaged)
    except Refused:
        return

    assert set(read) == {"message_id", "returned"}


def nested(depth: int) -> bytes:
    return b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)
    )


@pytest.mark.parametrize(
    "data",
    [
        nested(5_000),
        b'Content-Type: multipart/report; a="' + b";" * 250_000,
        b"Content-Type: message/rfc822\n\n" * 8_000,
    ],
    ids=["nested", "parameters", "enclosed"],
)
def test_a_message_made_to_keep_us_busy_ends_as_unreadable(data):
    with pytest.raises(Unreadable) as failure:
        read_limited(read_report, data, limits=Limits(seconds=2.0))

    assert failure.value.reason is not Reason.BUSY
