"""Signatures of a response for its pages: who signed which version, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.responses.models import Response
from surveys.responses.signatures.models import DigitalSignature
from surveys.responses.signatures.words import WARNINGS, checked, said
from surveys.responses.signoff.models import SignOff, SignOffAct


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """One signature in a PDF: by whom, with which certificate, when, and what was verified."""

    sentence: str
    certificate: str
    checked: list[str]


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature of the answers; ``certificates`` is empty where a button was pressed.

    ``failures`` say why a digital one does not hold any more.
    """

    number: int
    receipt: str
    person: str
    signed_at: str
    is_newest: bool
    certificates: list[CertificateLine]
    warnings: list[str]
    failures: list[str]
    url: str


def signature_lines(response: Response) -> list[SignatureLine]:
    """All signatures that the answers ever had, the newest first; each stays with its version."""
    acts = SignOff.objects.filter(response=response, act=SignOffAct.SIGN)
    found = acts.select_related("actor", "revision", "digital__pdf").order_by("-revision__number")
    return [_line(act, is_newest=place == 0) for place, act in enumerate(found)]


def _line(act: SignOff, *, is_newest: bool) -> SignatureLine:
    digital: DigitalSignature | None = getattr(act, "digital", None)
    report = digital.report["signatures"] if digital else []
    return SignatureLine(
        number=act.revision.number,
        receipt=act.revision.receipt or "",
        person=str(act.actor or ""),
        signed_at=_moment(act.at),
        is_newest=is_newest,
        certificates=[_certificate(each) for each in report],
        warnings=[str(WARNINGS[code]) for code in (digital.warnings if digital else [])],
        failures=said(digital.failures) if digital else [],
        url=_place(digital),
    )


def _place(digital: DigitalSignature | None) -> str:
    if digital is None or not digital.pdf.has_content:
        return ""
    return reverse("signed_pdf_download", args=[digital.pdf.pk])


def _certificate(found: Mapping[str, Any]) -> CertificateLine:
    when = found["stamped_at"] or found["claimed_at"]
    words = {
        "signer": found["signer"],
        "at": _moment(datetime.fromisoformat(when)) if when else _("at an unknown time"),
        "issuer": found["issuer"],
        "serial": found["serial"],
        "until": _day(found["valid_to"]),
        "authority": found["stamped_by"],
    }
    sentence = (
        _("%(signer)s, at %(at)s by the time stamp of %(authority)s.")
        if found["stamped_at"]
        else _("%(signer)s, at %(at)s by the signer's own clock.")
    )
    certificate = _("Certificate %(serial)s of %(issuer)s, valid until %(until)s.")
    return CertificateLine(sentence % words, certificate % words, checked(found))


def _moment(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local:%H:%M:%S} {local.day}/{local.month}/{local.year}"


def _day(moment: str) -> str:
    local = timezone.localtime(datetime.fromisoformat(moment))
    return f"{local.day}/{local.month}/{local.year}"
