"""Responses: the shared draft, its history, what was attached to it, and what was signed."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from surveys.campaigns.models import Assignment
from surveys.files.policy import FileType
from surveys.organisations.rules import Person
from surveys.responses.enums import Channel, EvidenceKind, RevisionKind


class Response(models.Model):
    """One agency's answers in one round: one shared draft, one JSON document.

    ``answers`` is keyed by question name (see ``surveys.engine.model`` for paths); ``remarks`` maps
    a path to ``{"missing": code, "reason": text, "expected": ISO date, "explanation": text}``;
    ``typed`` maps a path to text that could not be read; ``edits`` counts saves and orders them.
    """

    assignment = models.OneToOneField(
        "surveys.Assignment", on_delete=models.PROTECT, related_name="response"
    )
    version = models.ForeignKey(
        "surveys.QuestionnaireVersion", on_delete=models.PROTECT, related_name="responses"
    )
    answers = models.JSONField(default=dict)
    remarks = models.JSONField(default=dict)
    typed = models.JSONField(default=dict)
    edits = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"Response {self.pk}"


class AnswerChange(models.Model):
    """One save, append-only: the audit of a save and the source of a cell's history.

    ``changes`` is a list of ``[path, old cell, new cell]`` where a cell is
    ``{"value": …, "missing": code, "typed": text}``; ``outcome`` is the answer that a repeated
    ``edit_id`` gets again.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="changes")
    edit_id = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.FORM)
    changes = models.JSONField()
    outcome = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "edit_id"], name="edit_once"),
            models.UniqueConstraint(fields=["response", "number"], name="edit_number_once"),
        ]

    def __str__(self) -> str:
        return f"Edit {self.number} of response {self.response_id}"


class ResponseRevision(models.Model):
    """Immutable: the canonical JSON (RFC 8785) of what was sent, signed or verified.

    ``receipt`` is the receipt number of a signed revision, else null.
    """

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=RevisionKind)
    version = models.ForeignKey(
        "surveys.QuestionnaireVersion", on_delete=models.PROTECT, related_name="+"
    )
    canonical = models.TextField()
    sha256 = models.CharField(max_length=64)
    receipt = models.CharField(max_length=20, null=True, unique=True)  # noqa: DJ001  (unique where there is one)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signs_as = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["response", "number"], name="revision_number_once")
        ]

    def __str__(self) -> str:
        return f"Revision {self.number} of response {self.response_id}"


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Files by who may see them."""

    def visible_to(self, user: Person) -> Self:
        """Files of the responses whose assignments the person sees."""
        return self.filter(response__assignment__in=Assignment.objects.answers_visible_to(user))


class StoredFile(models.Model):
    """A file of a response, uploaded for the question at ``path``; the id is its name on the disk.

    ``name`` is the name it came with, as text only; ``sha256`` is that of the content as it lies
    there. ``is_scanned`` tells that a malware scanner has seen it. Never changed; deleted only when
    nothing names it: no answer, evidence, revision or history.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="files")
    path = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in FileType])
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    is_scanned = models.BooleanField(default=False)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[StoredFileQuerySet] = StoredFileQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's methods

    class Meta:
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.name


class Evidence(models.Model):
    """What proves the answer at ``path``: a file (and its page), a document, or a link.

    Removed evidence stays as a row, because revisions and the history name it. Of a link,
    ``fetched_at`` says when it was followed, ``sha256`` is the hash of what stood there, ``snapshot``
    the id under which that lies, and ``fetch_problem`` why there is none.
    """

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="evidence")
    path = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=EvidenceKind)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=100, blank=True)
    issued_on = models.DateField(null=True)
    issuer = models.CharField(max_length=200, blank=True)
    abstract = models.CharField(max_length=500, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    fetched_at = models.DateTimeField(null=True)
    fetch_problem = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    snapshot = models.UUIDField(null=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=EvidenceKind.FILE, file__isnull=False)
                | Q(kind=EvidenceKind.DOCUMENT, file__isnull=True) & ~Q(number="")
                | Q(kind=EvidenceKind.LINK, file__isnull=True) & ~Q(url=""),
                name="evidence_names_what_it_is",
            )
        ]
        indexes = [models.Index(fields=["response", "path"], name="evidence_of_an_answer")]

    def __str__(self) -> str:
        return f"Evidence {self.pk} of {self.path}"


class ErasableAnswer(models.Model):
    """The text and salt behind a salted digest that stands in a revision for personal data.

    It can be erased without breaking the revision's hash or signature.
    """

    revision = models.ForeignKey(
        ResponseRevision, on_delete=models.CASCADE, related_name="erasable_answers"
    )
    path = models.CharField(max_length=200)
    salt = models.CharField(max_length=64)
    value = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "path"], name="erasable_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}:{self.path}"


class ResponseReturn(models.Model):
    """A response sent back, with the reason and the questions concerned.

    ``paths`` lists what is cited, each as ``{"path": …, "comment": text}``; ``opened`` names the
    questions that were not asked and may come up when the cited ones change. Where nothing is
    cited, everything may be changed.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="returns")
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    paths = models.JSONField(default=list)
    opened = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Return of response {self.response_id}"

    @property
    def cited(self) -> dict[str, str]:
        """The comment by path."""
        return {each["path"]: each["comment"] for each in self.paths}


class DraftMove(models.Model):
    """A draft's move to a newer version, append-only: its line in the report, and its agency's notice.

    ``kept`` counts the answers that stand as they were. The lists hold the paths at which the others
    stood, in the order of the questionnaire: ``converted`` stand in another form or at another path,
    ``review`` are kept as typed text that somebody must look at, ``dropped`` are gone from the draft
    and stand in its history. ``number`` is the edit's.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="moves")
    from_version = models.ForeignKey(
        "surveys.QuestionnaireVersion", on_delete=models.PROTECT, related_name="+"
    )
    to_version = models.ForeignKey(
        "surveys.QuestionnaireVersion", on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    kept = models.PositiveIntegerField()
    converted = models.JSONField(default=list)
    review = models.JSONField(default=list)
    dropped = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "to_version"], name="draft_moves_once")
        ]

    def __str__(self) -> str:
        return f"Move of response {self.response_id} to version {self.to_version_id}"
