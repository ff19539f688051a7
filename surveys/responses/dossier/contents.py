"""What lies in a dossier: every file by its name, in an order that does not change."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

import rfc8785

from surveys.audit.models import AuditEvent
from surveys.files import storage
from surveys.responses.dossier.verify import FORMAT, MANIFEST, SEAL, measured
from surveys.responses.models import AnswerChange, Response, ResponseRevision, StoredFile
from surveys.responses.papers.models import RevisionPaper
from surveys.responses.papers.services import content_of
from surveys.responses.signatures.models import DigitalSignature
from surveys.responses.signoff.models import SignOff

Opened = Callable[[], IO[bytes]]

HERE: Final = Path(__file__).parent
GIVEN: Final = ("README.txt", "verify.py")
"""Files of ours that lie in every dossier."""


def files_of(
    response: Response, papers: Iterable[RevisionPaper], *, until: AuditEvent
) -> dict[str, Opened]:
    """The files of a dossier by name, the manifest and its hash last; what came after the event that
    asked for it is left out, so that the same request always gives the same files.
    """
    revisions = list(
        response.revisions.filter(at__lte=until.at)
        .select_related("version__questionnaire", "actor")
        .prefetch_related("erasable_answers")
        .order_by("number")
    )
    files: dict[str, Opened] = {name: partial(_opened, HERE / name) for name in GIVEN}
    for name, content in (
        *_revisions(revisions),
        *_history(response, until),
        ("people.json", canonical_json(_people(response, revisions, until))),
    ):
        files[name] = partial(BytesIO, content)
    files |= _papers(papers) | _signatures(response, until)
    files |= _attached(response, revisions) | _copies(response, revisions)
    return files | _manifest(response, files, until)


def canonical_json(value: Any) -> bytes:
    """A value as canonical JSON (RFC 8785)."""
    return rfc8785.dumps(value)


def _revisions(revisions: list[ResponseRevision]) -> Iterator[tuple[str, bytes]]:
    index = []
    for each in revisions:
        place = f"{each.number:04}-{each.kind}"
        version = each.version
        questionnaire = f"questionnaire/{version.questionnaire.code}-{version.number}.json"
        index.append(
            {
                "number": each.number,
                "kind": each.kind,
                "sha256": each.sha256,
                "receipt": each.receipt or "",
                "at": _moment(each.at),
                "actor": each.actor_id,
                "signs_as": each.signs_as,
                "file": f"revisions/{place}.json",
                "personal": f"personal/{place}.json",
                "questionnaire": questionnaire,
            }
        )
        yield f"revisions/{place}.json", each.canonical.encode()
        yield f"personal/{place}.json", canonical_json(_personal(each))
        yield questionnaire, canonical_json(version.definition)
    yield "revisions.json", canonical_json(index)


def _personal(revision: ResponseRevision) -> list[dict[str, Any]]:
    """Text and salt of the personal answers that are not erased."""
    answers = sorted(revision.erasable_answers.all(), key=lambda answer: answer.path)
    return [{"path": each.path, "salt": each.salt, "value": each.value} for each in answers]


def _history(response: Response, until: AuditEvent) -> Iterator[tuple[str, bytes]]:
    yield "log/events.jsonl", _lines(_events(response, until))
    yield "log/answers.jsonl", _lines(_changes(response, until))
    acts = response.sign_offs.filter(at__lte=until.at).select_related("revision")
    yield "sign-offs.json", canonical_json([_act(act) for act in acts])
    returns = response.returns.filter(at__lte=until.at).order_by("pk")
    yield (
        "returns.json",
        canonical_json(
            [
                {
                    "at": _moment(each.at),
                    "actor": each.actor_id,
                    "reason": each.reason,
                    "paths": each.paths,
                }
                for each in returns
            ]
        ),
    )


def _events(response: Response, until: AuditEvent) -> Iterator[dict[str, Any]]:
    """The events of the response, each with the seal before its own, from which its own follows."""
    events = list(AuditEvent.objects.of(response).filter(pk__lte=until.pk))
    before = [event.position - 1 for event in events if event.position is not None]
    sealed = AuditEvent.objects.sealed().filter(position__in=before)
    seals: dict[int | None, str] = dict(sealed.values_list("position", "seal"))
    for event in events:
        yield {
            "position": event.position,
            "previous": "" if event.position is None else seals.get(event.position - 1, ""),
            "id": event.pk,
            "kind": event.kind,
            "at": _moment(event.at),
            "actor": event.actor_id,
            "subject_type": event.subject_type,
            "subject_id": event.subject_id,
            "data": event.data,
            "request_id": event.request_id,
            "seal": event.seal,
        }


def _changes(response: Response, until: AuditEvent) -> Iterator[dict[str, Any]]:
    changes = AnswerChange.objects.filter(response=response, at__lte=until.at)
    for each in changes.exclude(changes=[]).order_by("number").iterator(chunk_size=200):
        yield {
            "number": each.number,
            "at": _moment(each.at),
            "actor": each.actor_id,
            "channel": each.channel,
            "changes": each.changes,
        }


def _act(act: SignOff) -> dict[str, Any]:
    return {
        "revision": act.revision.number,
        "sha256": act.revision.sha256,
        "position": act.position,
        "step": act.step,
        "act": act.act,
        "at": _moment(act.at),
        "actor": act.actor_id,
        "capacity": act.capacity,
        "signs_as": act.signs_as,
        "on_behalf_of": act.on_behalf_of,
        "document_number": act.document_number,
        "document_on": act.document_on.isoformat() if act.document_on else "",
        "document_issuer": act.document_issuer,
        "with_reservation": act.with_reservation,
        "comment": act.comment,
    }


def _people(
    response: Response, revisions: list[ResponseRevision], until: AuditEvent
) -> dict[str, str]:
    """The names of those who did something, by the number that the other files say."""
    events = AuditEvent.objects.of(response).filter(pk__lte=until.pk).select_related("actor")
    changes = AnswerChange.objects.filter(response=response).select_related("actor")
    found = {each.actor for each in (*events, *revisions)}
    found |= {each.actor for each in changes.only("actor").distinct()}
    return {str(person.pk): str(person) for person in found if person is not None}


def _papers(papers: Iterable[RevisionPaper]) -> dict[str, Opened]:
    files: dict[str, Opened] = {}
    index = []
    for each in sorted(papers, key=lambda paper: (paper.revision.number, paper.language)):
        name = f"papers/{each.revision.number:04}-{each.language}.pdf"
        files[name] = partial(BytesIO, content_of(each))
        index.append({"file": name, "revision": each.revision.number, "sha256": each.sha256})
    return {"papers.json": partial(BytesIO, canonical_json(index)), **files}


def _signatures(response: Response, until: AuditEvent) -> dict[str, Opened]:
    """The digitally signed PDFs that count, and what was found in each; certificates lie in them."""
    found = DigitalSignature.objects.filter(
        sign_off__response=response, verified_at__lte=until.at, pdf__is_erased=False
    )
    files: dict[str, Opened] = {}
    index = []
    for each in found.select_related("pdf", "sign_off__revision").order_by("pk"):
        name = f"signatures/{each.sign_off.revision.number:04}-{each.pk}.pdf"
        files[name] = partial(storage.open_content, each.pdf_id)
        index.append(
            {
                "file": name,
                "revision": each.sign_off.revision.number,
                "sha256": each.pdf.sha256,
                "received_at": _moment(each.pdf.uploaded_at),
                "paper_size": each.paper_size,
                "paper_sha256": each.paper_sha256,
                "fingerprint": each.fingerprint,
                "report": each.report,
            }
        )
    return {"signatures.json": partial(BytesIO, canonical_json(index)), **files}


def _attached(response: Response, revisions: list[ResponseRevision]) -> dict[str, Opened]:
    """The files that revisions name, under their ids: their own names are for the index only."""
    named = {file_id for each in revisions for file_id in _ids_in(each)}
    found = StoredFile.objects.filter(response=response, pk__in=named).order_by("pk")
    files: dict[str, Opened] = {}
    index = []
    for each in found:
        name = f"attached/{each.pk}.{each.kind}"
        files[name] = partial(storage.open_content, each.pk)
        index.append({"id": str(each.pk), "file": name, "name": each.name, "path": each.path})
    return {"attached.json": partial(BytesIO, canonical_json(index)), **files}


def _copies(response: Response, revisions: list[ResponseRevision]) -> dict[str, Opened]:
    """What stood behind the links that revisions name, as far as a copy was kept."""
    named = {
        (piece["url"], piece["sha256"])
        for each in revisions
        for piece in _pieces(each)
        if piece.get("url") and piece.get("sha256")
    }
    files: dict[str, Opened] = {}
    index = []
    for each in response.evidence.exclude(snapshot=None).order_by("pk"):
        if (each.url, each.sha256) not in named or each.snapshot is None:
            continue
        name = f"links/{each.snapshot}.copy"
        files[name] = partial(storage.open_content, each.snapshot)
        index.append(
            {
                "file": name,
                "url": each.url,
                "sha256": each.sha256,
                "media_type": each.media_type,
                "path": each.path,
            }
        )
    return {"links.json": partial(BytesIO, canonical_json(index)), **files}


def _ids_in(revision: ResponseRevision) -> Iterator[str]:
    """The ids of the files that a revision names, openly or behind a digest."""
    for piece in _pieces(revision):
        file = piece.get("file", piece)
        if "id" in file and "sha256" in file:
            yield file["id"]


def _pieces(revision: ResponseRevision) -> Iterator[Mapping[str, Any]]:
    """The files and the evidence that a revision names, openly or behind a digest."""
    content = json.loads(revision.canonical)
    yield from content.get("files", ())
    yield from content.get("evidence", ())
    for item in content.get("verification", {}).get("items", ()):
        yield from item.get("explanation", {}).get("files", ())
    for answer in revision.erasable_answers.all():
        if isinstance(answer.value, Mapping):
            yield answer.value


def _manifest(
    response: Response, files: Mapping[str, Opened], until: AuditEvent
) -> dict[str, Opened]:
    assignment = response.assignment
    content = canonical_json(
        {
            "format": FORMAT,
            "agency": assignment.agency.key,
            "round": assignment.round.code,
            "made_at": _moment(until.at),
            "files": {name: _measured(opened) for name, opened in files.items()},
        }
    )
    digest = hashlib.sha256(content).hexdigest()
    return {
        MANIFEST: partial(BytesIO, content),
        SEAL: partial(BytesIO, f"{digest}  {MANIFEST}\n".encode()),
    }


def _measured(opened: Opened) -> dict[str, Any]:
    with opened() as file:
        digest, size = measured(file)
    return {"sha256": digest, "size": size}


def _opened(path: Path) -> IO[bytes]:
    return path.open("rb")


def _lines(values: Iterable[Mapping[str, Any]]) -> bytes:
    """One JSON value a line, with the numbers as they were sealed."""
    return b"".join(
        json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        + b"\n"
        for value in values
    )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
