"""The documentation of the API as a page."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
DOCS = "/api/v1/docs/"


def page(language):
    """The page as nobody reads it."""
    client = Client()
    client.cookies["django_language"] = language
    return client.get(DOCS).content.decode()


def test_every_operation_is_told_in_the_language_of_its_reader():
    assert "Gửi phiếu trả lời của đơn vị mình để ký" in page("vi")
    assert "Send your own response for signature" in page("en")
    assert "Send your own response for signature" not in page("vi")


def test_names_in_the_words_are_code():
    shown = page("en")

    assert '<code class="code">seen</code>' in shown
    assert "`" not in shown.partition("<main")[2].partition("</main>")[0]
