"""Pages of our templates in a browser without a server: rendered here, static files from the finders."""

import mimetypes
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Page, Route

from surveys.inbox.pages import Bell
from surveys.models import User

ORIGIN = "http://khaosatso.test"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'"
)


def render(source: str, **context: Any) -> str:
    """A template's text as the page a signed-in person gets."""
    request = RequestFactory().get("/sample/", {"page": "2"})
    request.user = User(pk=7, full_name="Nguyễn Thị Thu Hà", email="ha@example.vn")
    shell = {
        "user": request.user,
        "messages": [],
        "navigation": [
            {"label": "Việc của tôi", "url": "#", "icon": "inbox", "current": True, "count": 3}
        ],
        "acting_for": {"name": "Sở Khoa học và Công nghệ Lào Cai", "note": "điều phối"},
        "administers_owner": True,
        "searches_agencies": True,
        "bell": Bell(count=3, topic="inbox:7"),
    }
    template: Any = engines["django"].from_string(source)
    return str(template.render({**shell, **context}, request))


def visit(page: Page, html: str) -> list[str]:
    """Open the page; returns the list in which the console's complaints will stand."""
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route(f"{ORIGIN}/**", lambda route: _answer(route, html))
    page.route_web_socket("**/ws/live/**", lambda _socket: None)  # open, and silent
    page.goto(f"{ORIGIN}/sample/")
    page.wait_for_load_state("networkidle")
    return complaints


def _answer(route: Route, html: str) -> None:
    path = unquote(urlsplit(route.request.url).path)
    if not path.startswith("/static/"):
        headers = {"Content-Security-Policy": POLICY}
        route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)
        return
    found = finders.find(path.removeprefix("/static/"))
    if isinstance(found, str) and Path(found).is_file():
        kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
        route.fulfill(path=found, content_type=kind)
    else:
        route.fulfill(status=404, body="")
