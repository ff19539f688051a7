"""A verified digital signature on its way into the record of who signed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from surveys.organisations.enums import IdentifierScheme
from surveys.organisations.models import AgencyIdentifier
from surveys.responses.signatures.examining import Examination
from surveys.responses.signatures.models import DigitalSignature, SignedPdf
from surveys.responses.signoff.models import SignOff

ANOTHER_TAX_CODE: Final = "another_tax_code"
"""The certificate names another tax code than the agency's."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A signed PDF that was examined and counts."""

    pdf: SignedPdf
    examination: Examination
    verified_at: datetime

    @property
    def facts(self) -> dict[str, Any]:
        """What the audit keeps of it."""
        last = self._last
        certificate = {name: last[name] for name in ("signer", "issuer", "serial", "fingerprint")}
        return {"signed_pdf": str(self.pdf.pk), "signed_sha256": self.pdf.sha256, **certificate}

    def keep(self, sign_off: SignOff) -> DigitalSignature:
        """The row that proves the act; part of the signing."""
        paper, report = self.examination.paper, self.examination.report
        assert paper is not None, "what counts begins with a paper"
        agency = sign_off.response.assignment.agency_id
        return DigitalSignature.objects.create(
            sign_off=sign_off,
            pdf=self.pdf,
            paper_size=paper.size,
            paper_sha256=paper.sha256,
            fingerprint=self._last["fingerprint"],
            report=report,
            warnings=_warnings(report["signatures"], _tax_codes(agency)),
            verified_at=self.verified_at,
            checked_at=self.verified_at,
        )

    @property
    def _last(self) -> Mapping[str, Any]:
        last: Mapping[str, Any] = self.examination.report["signatures"][-1]
        return last


def _tax_codes(agency_id: int) -> set[str]:
    codes = AgencyIdentifier.objects.filter(
        agency=agency_id, scheme=IdentifierScheme.TAX, valid_to__isnull=True
    )
    return {_digits(code) for code in codes.values_list("value", flat=True)}


def _warnings(signatures: Iterable[Mapping[str, Any]], own: set[str]) -> list[str]:
    named = {_digits(each["tax_code"]) for each in signatures if each["tax_code"]}
    return [ANOTHER_TAX_CODE] if own and named and not own & named else []


def _digits(code: str) -> str:
    return "".join(filter(str.isdigit, code))
