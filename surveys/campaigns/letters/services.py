"""Writing a campaign's letter, and asking for the files of a round."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.background.models import Job
from surveys.campaigns.letters import queries
from surveys.campaigns.letters.enums import LetterFormat
from surveys.campaigns.letters.models import LetterText
from surveys.campaigns.letters.wording import NAMES, LetterTexts, misnamed
from surveys.campaigns.models import Campaign, Round
from surveys.campaigns.placeholders import UnknownName
from surveys.common.errors import DomainError
from surveys.organisations.models import User

KEPT_FOR: Final = timedelta(days=7)


class NameUnknown(DomainError):
    """A text uses a name that stands for nothing."""

    code = "letter_name_unknown"


class SignerMissing(DomainError):
    """A letter is somebody's."""

    code = "letter_signer_missing"
    message = gettext_lazy("Say who signs the letter: title and name.")


class CapacityIncomplete(DomainError):
    """KT., TL. and TUQ. name whom the signatory signs for."""

    code = "letter_capacity_incomplete"
    message = gettext_lazy("Say for whom the signatory signs (KT. CỤC TRƯỞNG).")


class LetterUnwritten(DomainError):
    """Nothing is printed before somebody has written the texts."""

    code = "letter_unwritten"
    message = gettext_lazy("Write the letter and save it first.")


class AddresseeUnknown(DomainError):
    """No agency of the round has that name."""

    code = "letter_addressee_unknown"
    message = gettext_lazy("The round asks no agency of that name or code.")


class LetterNotReady(DomainError):
    """The file is not there yet, or no longer."""

    code = "letter_not_ready"
    message = gettext_lazy("The file is not ready, or its time has run out. Ask for it again.")
    status = 404


@transaction.atomic
def write_letter(campaign: Campaign, texts: LetterTexts, *, actor: User, at: datetime) -> None:
    """Keep the texts of the campaign's letters; those printed before stay as they were.

    Raises NameUnknown, SignerMissing and CapacityIncomplete.
    """
    for field, names in misnamed(texts).items():
        raise NameUnknown(said_of(names[0]), field=field)
    if not (texts.signer_title.strip() and texts.signer_name.strip()):
        raise SignerMissing
    if bool(texts.capacity) != bool(texts.instead_of.strip()):
        raise CapacityIncomplete
    before = asdict(queries.texts_of(campaign))
    given = asdict(texts)
    LetterText.objects.update_or_create(campaign=campaign, defaults={**given, "changed_at": at})
    changed = sorted(name for name, value in given.items() if value != before[name])
    audit.record(Event.LETTER_WRITTEN, campaign, actor=actor, at=at, data={"changed": changed})


@transaction.atomic
def ask_for_letters(
    round_: Round, *, file_format: LetterFormat, agency: str | None, actor: User, at: datetime
) -> None:
    """Ask for the letter to one agency (code, name or part of it; ``""`` for the first), or to all
    with ``None``; a background job writes them.

    Raises LetterUnwritten and AddresseeUnknown.
    """
    if not queries.has_texts(round_.campaign):
        raise LetterUnwritten
    among = queries.addressees(round_, at=at)
    chosen = queries.addressee_called(among, agency or "")
    if chosen is None:
        raise AddresseeUnknown
    one = {} if agency is None else {"agency": chosen.key, "name": chosen.name}
    data = {"format": file_format.value, "number": len(among), **one}
    audit.record(Event.LETTERS_REQUESTED, round_, actor=actor, at=at, data=data)


@contextmanager
def letters_file(job_id: int, *, at: datetime) -> Iterator[IO[bytes]]:
    """A file to write a job's letters into: for this process only, and there when it is whole.

    Those whose seven days are over are removed. A job that runs again writes the same file again.
    """
    path = _path(job_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _remove_expired(path.parent, at=at)
    unfinished = path.with_suffix(".part")
    with unfinished.open("w+b") as file:
        unfinished.chmod(0o600)
        yield file
    unfinished.replace(path)


def size_and_hash(job_id: int) -> dict[str, Any]:
    """What a job says of the file it wrote."""
    path = _path(job_id)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"size": path.stat().st_size, "sha256": digest}


@transaction.atomic
def fetch_letters(job: Job, *, actor: User, at: datetime) -> Path:
    """The file that a job wrote, for who asked for it; noted in the audit. Raises LetterNotReady."""
    path, expires_at = _path(job.pk), expiry_of(job)
    if job.owner_id != actor.pk or not expires_at or expires_at <= at or not path.is_file():
        raise LetterNotReady
    round_ = Round.objects.get(pk=job.event.subject_id)
    data = {"sha256": job.result["sha256"]}
    audit.record(Event.LETTERS_DOWNLOADED, round_, actor=actor, at=at, data=data)
    return path


def expiry_of(job: Job) -> datetime | None:
    """Until when the file is kept; ``None`` if the job wrote none."""
    if job.finished_at is None or not job.result.get("size"):
        return None
    return job.finished_at + KEPT_FOR


def said_of(name: UnknownName) -> str:
    """What is wrong with a name, where, and which names there are."""
    known = ", ".join(f"{{{each}}}" for each in NAMES)
    return _(
        "Line %(line)d, character %(column)d: {%(name)s} stands for nothing. These names do: %(known)s."
    ) % {"line": name.line, "column": name.column, "name": name.name, "known": known}


def _path(job_id: int) -> Path:
    return Path(settings.MEDIA_ROOT) / "letters" / f"{job_id}.letters"


def _remove_expired(folder: Path, *, at: datetime) -> None:
    files = {int(file.stem): file for file in folder.glob("*.letters")}
    gone = Job.objects.filter(pk__in=files, finished_at__lte=at - KEPT_FOR)
    for job_id in gone.values_list("pk", flat=True):
        files[job_id].unlink(missing_ok=True)
