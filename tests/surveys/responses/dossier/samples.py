"""A signed response with everything that a dossier can hold, and its dossier."""

from pathlib import Path

from django.test import override_settings
from django.utils import timezone

from surveys.background.runner import run_pending
from surveys.models import Evidence, Job, Response
from surveys.responses.dossier.services import ask_for_dossier, fetch_dossier
from surveys.responses.links.fetching import Fetched
from surveys.responses.links.services import archive_link
from surveys.responses.services import (
    CellEdit,
    FileSource,
    return_to_draft,
    send_for_signature,
    sign,
)
from tests.factories import UserFactory
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.attachments import LINK, answer, document, prove, with_files
from tests.surveys.responses.factories import save


def page(url: str) -> Fetched:
    """What stands behind the link."""
    return Fetched(url, "text/html", b"<h1>Cong bao</h1>")


def signed() -> Response:
    """Sent, returned, sent again and signed; with files, evidence and a personal file."""
    response = with_files()
    answer(response, "plan", edit_id="plan")
    answer(response, "card", document("the-can-cuoc.pdf", b"2 0 obj<<>>endobj"), edit_id="card")
    save(response, "issued", CellEdit("issued", "3"))
    prove(response)
    prove(response, source=LINK, edit_id="link")
    with override_settings(LINK_FETCHING=True):
        archive_link(Evidence.objects.get(url=LINK.url), at=NOW, get=page)
    scan = document("scan.pdf", b"3 0 obj<<>>endobj")
    prove(response, source=FileSource(file=scan, page="2"), edit_id="scan")
    send_for_signature(response, actor=UserFactory.create(), at=NOW)
    return_to_draft(response, actor=UserFactory.create(), at=NOW, reason="Xem lại")
    save(response, "note", CellEdit("note", "Đã xem lại"))
    send_for_signature(response, actor=None, at=NOW)
    sign(response, actor=None, at=NOW)
    return response


def dossier_of(response: Response) -> Path:
    """The dossier, as who asked for it gets it."""
    person = UserFactory.create()
    ask_for_dossier(response, actor=person, at=timezone.now())
    run_pending()
    job = Job.objects.filter(task__contains="dossier").latest("pk")
    return fetch_dossier(job, response, actor=person, at=timezone.now())
