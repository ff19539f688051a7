"""Everything around the answers: who reports to whom, by which document, who signs, what proves it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from surveys.campaigns.models import Assignment
from surveys.campaigns.signing_off import sign_index
from surveys.documents.composition import PEN
from surveys.documents.response import (
    PaperAttachment,
    PaperProof,
    PaperSignature,
    ResponsePaper,
)
from surveys.engine import text_in
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency, Membership
from surveys.organisations.queries import people_with_role
from surveys.rendering import show_date
from surveys.responses.enums import RevisionKind
from surveys.responses.models import Response, ResponseRevision
from surveys.responses.papers.composing import Composing
from surveys.responses.papers.frozen import Answers, answers_of_draft, answers_of_revision
from surveys.responses.signoff.authority import of_membership
from surveys.responses.signoff.models import SignOff, SignOffAct
from surveys.responses.signoff.turns import agency_of, steps_of

DATA_FILE: Final = "cau-tra-loi.json"
"""The canonical JSON inside the PDF."""

NO_BREAK: Final = "\N{NO-BREAK SPACE}"
"""The name of a province stays on one line, below that of its committee."""

_GOVERNED: Final = frozenset({AgencyType.PROVINCE, AgencyType.COMMUNE})
_CAPITAL: Final = "Hà Nội"
_KINDS_OF_UNIT: Final = (
    "Ủy ban nhân dân",
    "UBND",
    "Thành phố",
    "Tỉnh",
    "Xã",
    "Phường",
    "Đặc khu",
)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the paper of a response is made of."""

    assignment: Assignment
    answers: Answers
    language: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """What a draft and a revision say differently; only a revision has a proof."""

    reference: str
    facts: tuple[tuple[str, str], ...]
    signature: PaperSignature
    dated: date | None = None
    watermark: str = ""
    proof: PaperProof | None = None
    attachment: PaperAttachment | None = None


def paper_of_revision(revision: ResponseRevision, *, language: str) -> ResponsePaper:
    """The paper of what was sent or signed; the same revision gives the same paper."""
    with translation.override(language):
        answers = answers_of_revision(revision, language=language)
        sheet = _Sheet(revision.response.assignment, answers, language, revision.at)
        signed = SignOff.objects.filter(revision=revision, act=SignOffAct.SIGN).first()
        is_signed = revision.kind != RevisionKind.SENT
        dated = timezone.localtime(revision.at).date() if is_signed else None
        standing = _Standing(
            dated=dated,
            reference=_reference(revision),
            signature=_signature(revision, signed),
            facts=tuple(_facts(sheet, revision)),
            proof=_proof(revision),
            attachment=PaperAttachment(
                name=DATA_FILE,
                content=revision.canonical,
                description=_("The answers as data: canonical JSON (RFC 8785)"),
            ),
        )
        return _paper(sheet, standing)


def paper_of_draft(response: Response, *, at: datetime, language: str) -> ResponsePaper:
    """The paper of a draft, which says on every page that it is one."""
    with translation.override(language):
        answers = answers_of_draft(response, at=at, language=language)
        sheet = _Sheet(response.assignment, answers, language, at)
        standing = _Standing(
            reference=_("Draft, printed %(at)s, not signed") % {"at": _moment(at)},
            signature=PaperSignature(lines=(_head_said(),), said=(_("Not signed"),)),
            facts=tuple(_facts(sheet, None)),
            watermark=_("DRAFT"),
        )
        return _paper(sheet, standing)


def _paper(sheet: _Sheet, standing: _Standing) -> ResponsePaper:
    assignment, language = sheet.assignment, sheet.language
    round_, campaign = assignment.round, assignment.round.campaign
    return ResponsePaper(
        language=language,
        at=sheet.at.astimezone(UTC),
        superior=_superior(assignment.agency, language),
        issuer=_issuer(assignment, language),
        number=_("No.: %(space)s/BC") % {"space": PEN},
        place_and_date=f"{_place(assignment.agency)}, {_date(standing.dated)}",
        title=_("Official report"),
        subjects=(text_in(campaign.titles, language), text_in(round_.periods, language)),
        basis=_("(By %(document)s)") % {"document": campaign.legal_basis}
        if campaign.basis_number
        else "",
        facts=standing.facts,
        heads=(_("Question"), _("What is asked"), _("Answer")),
        parts=Composing.of(sheet.answers, language).parts(),
        copies_title=_("Copies to:"),
        copies=(
            _("- %(owner)s (to compile);") % {"owner": _name(campaign.owner, language)},
            _("- Archive: VT."),
        ),
        reference=standing.reference,
        page_word=_("Page"),
        watermark=standing.watermark,
        proof=standing.proof,
        attachment=standing.attachment,
        keywords=(f"sha256:{standing.proof.sha256}",) if standing.proof else (),
        signature=standing.signature,
    )


def _facts(sheet: _Sheet, revision: ResponseRevision | None) -> Iterator[tuple[str, str]]:
    assignment, language = sheet.assignment, sheet.language
    round_ = assignment.round
    definition = sheet.answers.state.form.definition
    version = revision.version if revision else assignment.version
    yield _("Reporting unit"), text_in(assignment.names, language)
    yield _("Period"), text_in(round_.periods, language)
    yield _("Reference date"), show_date(round_.reference_date.isoformat())
    yield (
        _("Questionnaire"),
        _("%(code)s, version %(number)s") % {"code": definition.code, "number": version.number},
    )
    if revision is None:
        yield _("Status"), _("Draft, not signed")
        return
    if revision.receipt:
        yield _("Receipt number"), revision.receipt
    yield _("Version of the answers"), str(revision.number)


def _reference(revision: ResponseRevision) -> str:
    number = _("answers no. %(number)s") % {"number": revision.number}
    code = revision.response.assignment.round.code
    return f"{revision.receipt or code}, {number}"


def _signature(revision: ResponseRevision, signed: SignOff | None) -> PaperSignature:
    """The block of the signatory: room for pen or digital signature until somebody has signed."""
    if revision.kind == RevisionKind.SENT:
        return _room_to_sign(revision)
    words = signed.signs_as if signed else revision.signs_as
    lines = _lines_over(words)
    said = [_("Signed in the system at %(at)s") % {"at": _moment(revision.at)}]
    if signed and signed.document_number:
        day = f" {show_date(signed.document_on.isoformat())}" if signed.document_on else ""
        document = f"{signed.document_number}{day} {signed.document_issuer}".strip()
        said.append(_("by %(document)s") % {"document": document})
    name = str(revision.actor) if revision.actor else ""
    return PaperSignature(lines=lines or (_head_said(),), said=tuple(said), name=name)


def _room_to_sign(revision: ResponseRevision) -> PaperSignature:
    """The block of the one person who can sign; of the head of the unit where it could be another."""
    assignment = revision.response.assignment
    step = steps_of(assignment)[sign_index(steps_of(assignment))]
    agency = agency_of(assignment, step)
    day = timezone.localtime(revision.at).date()
    people = people_with_role(agency, step.role, day=day) if agency else []
    if len(people) == 1:
        held = Membership.objects.filter(agency=agency, role=step.role, user=people[0])
        own = held.select_related("user").first()
        if own is not None and (words := of_membership(own).signs_as):
            return PaperSignature(lines=_lines_over(words), name=str(own.user))
    return PaperSignature(lines=(_head_said(),))


def _lines_over(words: str) -> tuple[str, ...]:
    return tuple(part.strip().upper() for part in words.split(",") if part.strip())


def _proof(revision: ResponseRevision) -> PaperProof:
    return PaperProof(
        title=_("What proves these answers"),
        sha256=revision.sha256,
        lines=(
            _(
                "It is the SHA-256 of the answers as data, which are attached to this PDF as "
                "%(file)s."
            )
            % {"file": DATA_FILE},
            _(
                "To verify: save the attached file and work out its SHA-256 (Windows: certutil "
                "-hashfile %(file)s SHA256; Linux: sha256sum %(file)s). The digits must be the "
                "same here, on the receipt and in the code on the right."
            )
            % {"file": DATA_FILE},
            _("The dossier of the response (zip) verifies everything: python3 verify.py"),
        ),
    )


def _head_said() -> str:
    return _("HEAD OF THE UNIT")


def _superior(agency: Agency, language: str) -> str:
    if agency.type in _GOVERNED or agency.parent is None:
        return ""
    return _governing(agency.parent, language)


def _issuer(assignment: Assignment, language: str) -> str:
    name = text_in(assignment.names, language)
    return _of_committee(name, assignment.agency.type, language)


def _governing(agency: Agency, language: str) -> str:
    return _of_committee(_name(agency, language), agency.type, language)


def _of_committee(name: str, kind: str, language: str) -> str:
    """A province or a commune answers by its people's committee."""
    if kind not in _GOVERNED or name.startswith(_KINDS_OF_UNIT[:2]):
        return name
    if language == "vi":
        unit = f"{name[:1].lower()}{name[1:]}".replace(" ", NO_BREAK)
        return f"{_KINDS_OF_UNIT[0]} {unit}"
    return f"People's Committee of {name}"


def _name(agency: Agency, language: str) -> str:
    return (language == "en" and agency.name_en) or agency.name


def _place(agency: Agency | None) -> str:
    """Where an agency sits: its commune or province, the capital for what is central."""
    while agency is not None:
        if agency.type in _GOVERNED:
            return _without_kind(agency.name)
        agency = agency.parent
    return _CAPITAL


def _without_kind(name: str) -> str:
    for kind in _KINDS_OF_UNIT:
        if name.casefold().startswith(f"{kind.casefold()} "):
            return _without_kind(name[len(kind) + 1 :])
    return name


def _date(day: date | None) -> str:
    """The day in words; room for the pen where nobody has signed. Days below 10 and the months 1 and
    2 have a zero in front (Decree 30/2020/NĐ-CP, Annex I).
    """
    parts = {"day": PEN, "month": PEN, "year": f"{PEN}{PEN}"}
    if day is not None:
        month = f"{day.month:02}" if day.month < 3 else str(day.month)
        parts = {"day": f"{day.day:02}", "month": month, "year": str(day.year)}
    return _("%(day)s / %(month)s / %(year)s") % parts


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local:%H:%M} {local.day}/{local.month}/{local.year}"
