"""A device with ODK Collect, by hand: what it sends, as it sends it."""

import base64
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from surveys.machines.enums import Scope
from surveys.openrosa.forms import form_id_of
from surveys.organisations.models import User
from tests.surveys.machines.factories import token_for

LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
RESPONSE = "{http://openrosa.org/http/response}"
HEADERS = {"X-OpenRosa-Version": "1.0", "Date": "Mon, 02 Nov 2026 08:00:00 GMT"}


class Device:
    """Collect with a server address that has the token in it; ``basic`` asks for e-mail and token."""

    def __init__(self, user: User, *scopes: Scope, basic: bool = False, **kwargs: Any) -> None:
        self.secret = token_for(user, *scopes, **kwargs)[1]
        self.root = "/openrosa/" if basic else f"/openrosa/{self.secret}/"
        self.headers = dict(HEADERS)
        if basic:
            plain = base64.b64encode(f"{user.email}:{self.secret}".encode()).decode()
            self.headers["Authorization"] = f"Basic {plain}"
        self.client = Client(raise_request_exception=False)

    def get(self, address: str, **headers: str) -> Any:
        """Read an address: one of its own by its end, or an absolute one."""
        place = address.removeprefix("http://testserver")
        where = place if place.startswith("/") else self.root + place
        return self.client.get(where, headers=self.headers | headers)

    def forms(self, query: str = "") -> list[Element]:
        """The forms of the list."""
        root: Element = fromstring(self.get(f"formList{query}").content)
        return root.findall(f"{LIST}xform")

    def head(self) -> Any:
        """Ask for the submission address, as Collect does first."""
        return self.client.head(f"{self.root}submission?deviceID=x", headers=self.headers)

    def send(self, xml: str | bytes, files: Mapping[str, Any] | None = None, **more: Any) -> Any:
        """Send a submission as multipart/form-data; ``files`` by their names."""
        content = xml if isinstance(xml, bytes) else xml.encode()
        parts: dict[str, Any] = {
            "xml_submission_file": SimpleUploadedFile("a.xml", content, "text/xml")
        }
        for name, data in (files or {}).items():
            parts[name] = SimpleUploadedFile(name, data, "application/octet-stream")
        return self.client.post(
            f"{self.root}submission?deviceID=collect%3Ax", parts, headers=self.headers | more
        )


def text(form: Element, name: str, namespace: str = LIST) -> str:
    """The text of a child; empty without one."""
    return form.findtext(namespace + name) or ""


def told(answer: Any) -> str:
    """The message of an answer."""
    return fromstring(answer.content).findtext(f"{RESPONSE}message") or ""


def filled_in(assignment: Any, inside: str, *, instance: str = "uuid:1", version: int = 1) -> str:
    """A submission of an assignment's form with these answers in it."""
    return (
        f'<?xml version="1.0" ?><data id="{form_id_of(assignment)}" version="{version}" '
        'xmlns:orx="http://openrosa.org/xforms">'
        f"{inside}<orx:meta><orx:instanceID>{instance}</orx:instanceID></orx:meta></data>"
    )
