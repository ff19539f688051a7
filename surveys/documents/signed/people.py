"""A certificate in words: whose it is, who gave it, until when. Loads asn1crypto."""

import re
from typing import Any, Final

from asn1crypto import x509

_TAX_CODE: Final = re.compile(r"(?:MST|VAT[A-Z]{2}-?|TAX[A-Z]{2}-?)\s*:?\s*([0-9][0-9-]{8,14})")
"""How Vietnamese authorities write the tax code of an organisation into a certificate."""


def described(certificate: x509.Certificate) -> dict[str, Any]:
    """``signer``, ``organisation``, ``unit``, ``title``; ``issuer``; ``serial`` (hexadecimal),
    ``valid_from``, ``valid_to`` (ISO 8601), ``fingerprint`` (SHA-256 of the DER), ``tax_code``.

    Numbers of identity cards, which personal certificates carry, are left out: they are nobody's
    business here.
    """
    subject, issuer = certificate.subject.native, certificate.issuer.native
    return {
        "signer": _text(subject.get("common_name") or subject.get("organization_name")),
        "organisation": _text(subject.get("organization_name")),
        "unit": _text(subject.get("organizational_unit_name")),
        "title": _text(subject.get("title")),
        "issuer": _text(issuer.get("common_name") or issuer.get("organization_name")),
        "serial": f"{certificate.serial_number:x}",
        "valid_from": certificate.not_valid_before.isoformat(),
        "valid_to": certificate.not_valid_after.isoformat(),
        "fingerprint": certificate.sha256.hex(),
        "tax_code": _tax_code(certificate),
    }


def _tax_code(certificate: x509.Certificate) -> str:
    for values in certificate.subject.native.values():
        for value in values if isinstance(values, list) else [values]:
            if found := _TAX_CODE.search(str(value)):
                return found[1]
    return ""


def _text(value: Any) -> str:
    """What can be shown on one line; an authority may put several values into one name."""
    values = value if isinstance(value, list) else [value]
    return ", ".join(" ".join(str(each).split())[:200] for each in values if each)
