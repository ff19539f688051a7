"""Secrets do not come into logs."""

import logging

import pytest

from surveys.common.logs import HideSecrets
from surveys.common.tokens import new_nonce, token


@pytest.mark.parametrize("form", ["Method Not Allowed: /l/{}/", "GET /invitations/{}/ 405"])
@pytest.mark.parametrize("apart", [True, False])
def test_a_links_secret_is_taken_out(form, apart):
    secret = token("access", new_nonce())
    text = form.format(secret)
    message, arguments = ("%s", (text,)) if apart else (text, ())
    record = logging.LogRecord("x", logging.WARNING, "", 0, message, arguments, None)

    assert HideSecrets().filter(record)
    assert secret not in str(record.msg) + str(record.args)
    assert "…" in str(record.msg) + str(record.args)


def test_a_programs_token_in_an_address_is_taken_out():
    secret = f"kss_{'a1_-' * 10}abc"
    arguments = ("127.0.0.1:1", "GET", f"/openrosa/{secret}/formList", "1.1", 200)
    record = logging.LogRecord(
        "uvicorn.access", logging.INFO, "", 0, "%s %s %s %s %d", arguments, None
    )

    HideSecrets().filter(record)

    assert record.getMessage() == "127.0.0.1:1 GET /openrosa/…/formList 1.1 200"


def test_other_text_stays_as_it_is():
    record = logging.LogRecord("x", logging.INFO, "", 0, "Round %s of %d", ("ky-1", 4), None)

    HideSecrets().filter(record)

    assert record.getMessage() == "Round ky-1 of 4"


def test_the_console_hides_secrets(settings):
    console = settings.LOGGING["handlers"]["console"]

    assert [settings.LOGGING["filters"][name]["()"] for name in console["filters"]] == [
        "surveys.common.logs.HideSecrets"
    ]
