"""What is attached to the answers, as it stands in a revision: the signed hash covers the content."""

from collections.abc import Callable, Iterator
from typing import Any

from surveys.engine import Document
from surveys.responses.attached import Attached, attached_to, file_questions, is_shown
from surveys.responses.models import Evidence, StoredFile
from surveys.responses.services.drafts import Draft

Protect = Callable[[str, Document], Document]


def attachments(draft: Draft, answers: Document, protect: Protect) -> Document:
    """``{"files": […], "evidence": […]}``, each entry with its path, ordered by path.

    A file is its id, name, type, size and the SHA-256 of its content. ``protect`` turns an entry at
    a path into what may stand in the revision: personal data become a salted digest.
    """
    form = draft.state.form
    attached = attached_to(draft.response, form)
    files = [
        {"path": path, **protect(f"{path}#file", file_entry(attached.files[file_id]))}
        for name in sorted(file_questions(form))
        for path, file_id in _answers_at(draft, answers, name)
        if file_id in attached.files
    ]
    return {
        "files": sorted(files, key=lambda entry: str(entry["path"])),
        "evidence": [
            {"path": path, **protect(f"{path}#evidence{evidence.pk}", evidence_entry(evidence))}
            for path, evidence in _evidence(draft, attached)
        ],
    }


def file_entry(file: StoredFile) -> Document:
    """A file as a revision names it."""
    return {
        "id": str(file.pk),
        "name": file.name,
        "type": file.kind,
        "size": file.size,
        "sha256": file.sha256,
    }


def evidence_entry(evidence: Evidence) -> Document:
    """A piece of evidence as a revision names it; what is blank is left out."""
    entry: dict[str, Any] = {
        "kind": evidence.kind,
        "file": file_entry(evidence.file) if evidence.file else None,
        "page": evidence.page,
        "number": evidence.number,
        "issued_on": evidence.issued_on.isoformat() if evidence.issued_on else None,
        "issuer": evidence.issuer,
        "abstract": evidence.abstract,
        "url": evidence.url,
        "fetched_at": evidence.fetched_at.isoformat() if evidence.fetched_at else None,
        "sha256": evidence.sha256,
    }
    return {name: value for name, value in entry.items() if value}


def _evidence(draft: Draft, attached: Attached) -> Iterator[tuple[str, Evidence]]:
    for path in sorted(attached.evidence):
        if is_shown(draft.state, path):
            yield from ((path, evidence) for evidence in attached.evidence[path])


def _answers_at(draft: Draft, answers: Document, name: str) -> Iterator[tuple[str, str]]:
    """Where in the submission a question is answered, and with what."""
    owner = draft.state.form.owner(name)
    if owner is None:
        found = [(name, answers)]
    else:
        held = answers.get(owner.name, {})
        rows = held.items() if isinstance(held, dict) else [(row["_id"], row) for row in held]
        found = [(f"{owner.name}/{row_id}/{name}", row) for row_id, row in rows]
    return ((path, holder[name]) for path, holder in found if isinstance(holder.get(name), str))
