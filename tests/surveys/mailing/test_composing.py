"""A row of the outbox as the mail that travels."""

from email import message_from_bytes
from email.policy import default

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from config.mailing import LINKS
from surveys.common.errors import DomainError
from surveys.mailing.composing import compose
from surveys.mailing.models import OutgoingMail
from surveys.mailing.services.queueing import MailUnfit, queue
from surveys.mailing.wording import SECRET_LINK, one_line, plain_text
from tests.surveys.mailing.factories import NOW, new_mail, queued

HEADERS = [
    "Content-Type",
    "MIME-Version",
    "Subject",
    "From",
    "To",
    "Reply-To",
    "Message-ID",
    "Date",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "Content-Language",
]


def travelled(mail):
    return message_from_bytes(compose(mail, at=NOW).message().as_bytes(), policy=default)


@pytest.fixture
def link(monkeypatch):
    monkeypatch.setitem(LINKS, "nobody", lambda link_id: f"/vao/{link_id}/bi-mat")


@pytest.mark.django_db
def test_a_mail_carries_its_message_id_and_says_that_a_machine_wrote_it(settings):
    settings.MAIL_FROM = "Khảo sát số <khaosatso@example.vn>"
    settings.MAIL_RETURN = "tra-lai@example.vn"
    mail = queued(1, reply_to="hoi-dap@example.gov.vn")

    composed = compose(mail, at=NOW)
    message = travelled(mail)

    assert composed.from_email == "tra-lai@example.vn"
    assert message["From"] == "Khảo sát số <khaosatso@example.vn>"
    assert message["Message-ID"] == mail.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == "hoi-dap@example.gov.vn"
    assert message["Date"].datetime == NOW
    assert message["To"] == "dau-moi-1@example.gov.vn"


@pytest.mark.django_db
def test_a_mail_is_plain_text_and_the_same_as_a_page():
    message = travelled(queued(1, language="en", text="Dear <colleagues>,\n\nplease answer."))

    plain, page = message.iter_parts()
    assert plain.get_content() == "Dear <colleagues>,\n\nplease answer."
    assert "<p>Dear &lt;colleagues&gt;,</p>" in page.get_content()
    assert '<html lang="en">' in page.get_content()


@pytest.mark.django_db
@override_settings(SITE_URL="https://khaosat.example.vn")
def test_the_secret_link_is_in_the_mail_and_not_in_the_row(link):
    mail = queued(1, text=f"Vào {SECRET_LINK} nhé", link_purpose="nobody", link_id=3)

    plain, page = travelled(mail).iter_parts()

    address = "https://khaosat.example.vn/vao/3/bi-mat"
    assert plain.get_content() == f"Vào {address} nhé"
    assert f'<a href="{address}">{address}</a>' in page.get_content()
    assert not OutgoingMail.objects.filter(text__contains="bi-mat").exists()


@pytest.mark.django_db
def test_a_name_like_an_address_is_no_link_in_the_mail():
    message = travelled(queued(1, text="Dear http://example.org/login,"))

    _plain, page = message.iter_parts()
    assert "<p>Dear http://example.org/login,</p>" in page.get_content()


@pytest.mark.django_db
def test_a_link_of_a_purpose_nobody_makes_is_refused():
    mail = queued(1, text=f"Vào {SECRET_LINK}", link_purpose="nobody", link_id=3)

    with pytest.raises(DomainError) as refusal:
        compose(mail, at=NOW)

    assert refusal.value.code == "link_unknown"


LINES = st.text(st.one_of(st.characters(), st.sampled_from('\r\n\0\x85\u2028\ud800:,<>@"')))


@pytest.mark.django_db
@given(subject=LINES, text=LINES, address=st.one_of(st.just("an"), LINES), reply_to=LINES)
def test_no_text_adds_a_header_a_recipient_or_a_part(subject, text, address, reply_to):
    OutgoingMail.objects.all().delete()
    mail = new_mail(1, subject=subject, text=text, to_address=f"{address}@example.vn")
    try:
        queue([mail], at=NOW)
        queue([new_mail(2, reply_to=reply_to)], at=NOW)
    except MailUnfit:
        assert OutgoingMail.objects.count() < 2

    for row in OutgoingMail.objects.filter(status="waiting"):
        message = travelled(row)
        assert set(message.keys()) <= set(HEADERS)
        assert len(message.keys()) == len(set(message.keys()))
        assert compose(row, at=NOW).recipients() == [row.to_address]
        assert [part.get_content_type() for part in message.iter_parts()] == [
            "text/plain",
            "text/html",
        ]
    for row in OutgoingMail.objects.filter(about="assignment:1", status="waiting"):
        message = travelled(row)
        assert one_line(message["Subject"], 250) == one_line(subject, 250)
        assert next(message.iter_parts()).get_content().rstrip("\n") == plain_text(text).rstrip(
            "\n"
        )
