"""Fetching what is public, and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep

import pytest

from surveys.common.public_network import NotReached
from surveys.responses.links.fetching import MOST_BYTES, Fetched, fetch

PAGE = b"<h1>Cong bao</h1>"


class Site(BaseHTTPRequestHandler):
    """A page, redirects of all kinds, a page without end, a slow one."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]  # our attribute
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
        elif self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
        elif self.path == "/missing":
            self.send_error(404)
        elif self.path == "/drip":
            try:
                for _piece in range(100):
                    self.wfile.write(b"H")
                    self.wfile.flush()
                    sleep(0.1)
            except OSError:
                return
        elif self.path == "/large":
            self.send_response(200)
            self.end_headers()
            try:
                for _piece in range(MOST_BYTES // 65536 + 2):
                    self.wfile.write(b"x" * 65536)
            except OSError:
                return
        else:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(PAGE)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the library's name)
        """A site that keeps quiet."""


@contextmanager
def site() -> Iterator[tuple[int, list[str]]]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        server.asked = []  # type: ignore[attr-defined]  # our attribute
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, server.asked  # type: ignore[attr-defined]  # our attribute
        server.shutdown()


def at_home(url: str, port: int, **options: float) -> Fetched:
    """Fetched from the test's own site, which is not public."""
    return fetch(url, permits=lambda ip: ip == "127.0.0.1", ports=frozenset({port}), **options)


def code_of(url: str, port: int, **options: float) -> str:
    with pytest.raises(NotReached) as refusal:
        at_home(url, port, **options)
    return refusal.value.code


def test_a_page_comes_with_its_type_and_its_bytes():
    with site() as (port, _asked):
        found = at_home(f"http://127.0.0.1:{port}/a", port)

    assert (found.media_type, found.content) == ("text/html", PAGE)


def test_a_redirect_is_followed_to_where_the_page_is():
    with site() as (port, _asked):
        found = at_home(f"http://127.0.0.1:{port}/to//b", port)

    assert found.url.endswith("/b")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/missing", "status_404"),
        ("/loop", "too_many_redirects"),
        ("/large", "too_large"),
        ("/to/file:///etc/passwd", "address"),
        ("/to/http://127.0.0.1:1/", "address"),
        ("/to/gopher://127.0.0.1/", "address"),
    ],
)
def test_what_is_no_page_is_refused_with_its_reason(path, code):
    with site() as (port, _asked):
        assert code_of(f"http://127.0.0.1:{port}{path}", port) == code


def test_a_redirect_to_what_is_not_public_is_not_followed():
    with site() as (port, asked):
        url = f"http://127.0.0.1:{port}/to/http://127.0.0.2:{port}/secret"
        assert code_of(url, port) == "not_public"

    assert "/secret" not in asked


def test_time_is_over_for_a_page_that_is_slow():
    with site() as (port, _asked):
        assert code_of(f"http://127.0.0.1:{port}/a", port, seconds=0.0) == "too_slow"


def test_a_closed_port_is_unreachable():
    with site() as (port, _asked):
        pass
    assert code_of(f"http://127.0.0.1:{port}/", port) == "unreachable"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://0.0.0.0/",
        "http://0/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://017700000001/",
        "http://127.1/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://192.0.2.1/",
        "http://198.18.0.1/",
    ],
)
def test_what_is_not_public_is_never_asked(url):
    with pytest.raises(NotReached) as refusal:
        fetch(url)

    assert refusal.value.code in {"not_public", "unreachable"}


@pytest.mark.parametrize(
    "url",
    [
        "ftp://vn.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://user:secret@vn.example/",
        "http://vn.example:22/",
        "http://vn.example:99999/",
        "http:///path",
        "//vn.example/",
        "",
    ],
)
def test_what_is_no_address_of_a_page_is_never_asked(url):
    with pytest.raises(NotReached) as refusal:
        fetch(url)

    assert refusal.value.code == "address"


def test_a_site_that_answers_letter_by_letter_is_left_in_time():
    with site() as (port, _asked), pytest.raises(NotReached) as refusal:
        at_home(f"http://127.0.0.1:{port}/drip", port, seconds=0.5)

    assert refusal.value.code == "too_slow"
