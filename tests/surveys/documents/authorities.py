"""Certification authorities of our own, and PDFs signed by people whom they certified."""

import base64
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner, fields
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from surveys.documents.pdf import letter_pdf
from surveys.documents.signed import Trust
from tests.surveys.documents.samples import LETTER

SIGNED_AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
YEAR = timedelta(days=365)
USER_ID = x509.ObjectIdentifier("0.9.2342.19200300.100.1.1")


@dataclass(frozen=True)
class Holder:
    """A certificate with its key, and those above it."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    above: tuple["Holder", ...] = ()

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def asn1(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.der)

    @property
    def asn1_key(self) -> asn1_keys.PrivateKeyInfo:
        der = self.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return asn1_keys.PrivateKeyInfo.load(der)


def certified(  # noqa: PLR0913  (what a certificate says)
    name: str,
    by: Holder | None = None,
    *,
    is_authority: bool = False,
    valid: tuple[datetime, datetime] = (SIGNED_AT - YEAR, SIGNED_AT + YEAR),
    usage: str = "content_commitment",
    user_id: str = "",
    organisation: str = "Ủy ban nhân dân tỉnh Lào Cai",
    for_timestamps: bool = False,
) -> Holder:
    """A new certificate, given by somebody or by itself."""
    # The stamper that pyHanko brings for tests signs by RSA only.
    key = (
        rsa.generate_private_key(65537, 2048)
        if for_timestamps
        else ec.generate_private_key(ec.SECP256R1())
    )
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        x509.NameAttribute(NameOID.COMMON_NAME, name),
    ]
    if user_id:
        parts.append(x509.NameAttribute(USER_ID, user_id))
    subject = x509.Name(parts)
    usages = dict.fromkeys(
        (
            *("digital_signature", "content_commitment", "key_encipherment", "crl_sign"),
            *("data_encipherment", "key_agreement", "key_cert_sign"),
            *("encipher_only", "decipher_only"),
        ),
        False,
    )
    if is_authority:
        usages |= {"key_cert_sign": True, "crl_sign": True}
    else:
        usages[usage] = True
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usages), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    signing = by.key if by else key
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False
    )
    if for_timestamps:
        stamps = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(stamps, critical=True)
    made = builder.sign(signing, hashes.SHA256())
    return Holder(made, key, (by, *by.above) if by else ())


@cache
def root() -> Holder:
    """The authority that our trust list names."""
    return certified("Root CA (thử)", is_authority=True, organisation="Ban Cơ yếu (thử)")


@cache
def issuing() -> Holder:
    """The authority under it that certifies agencies."""
    return certified("CA phục vụ các cơ quan (thử)", root(), is_authority=True)


@cache
def agency() -> Holder:
    """An agency with its tax code."""
    return certified("Ủy ban nhân dân tỉnh Lào Cai", issuing(), user_id="MST:5300123456")


@cache
def authority_of_time() -> Holder:
    return certified("TSA (thử)", issuing(), for_timestamps=True, usage="digital_signature")


@cache
def original() -> bytes:
    """A PDF as we make them."""
    return letter_pdf(LETTER)


def trust(*roots: Holder, **more: list[bytes]) -> Trust:
    """A trust list of the root, else of those given."""
    held = [(each.der) for each in roots or (root(),)]
    packed = {name: [_packed(each) for each in files] for name, files in more.items()}
    return Trust(roots=[_packed(each) for each in held], **packed)


def revoking(holder: Holder, by: Holder, *, at: datetime, until: datetime | None = None) -> bytes:
    """A list of revoked certificates with this one in it, in DER."""
    entry = (
        x509.RevokedCertificateBuilder()
        .serial_number(holder.certificate.serial_number)
        .revocation_date(at)
        .build()
    )
    return _list_of(by, [entry], at, until)


def revoking_nobody(by: Holder) -> bytes:
    """An empty list, in DER."""
    return _list_of(by, [], SIGNED_AT - timedelta(days=1), None)


def _list_of(
    by: Holder, entries: list[x509.RevokedCertificate], at: datetime, until: datetime | None
) -> bytes:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(by.certificate.subject)
        .last_update(at)
        .next_update(until or at + YEAR)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False
        )
        .add_extension(x509.CRLNumber(1), critical=False)
    )
    for entry in entries:
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(by.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def signed_by(
    holder: Holder,
    pdf: bytes | None = None,
    *,
    field: str = "ChuKy",
    stamped: bool = False,
    **meta: Any,
) -> bytes:
    """The PDF (ours) with the holder's signature added, as tools that sign do it."""
    writer = IncrementalPdfFileWriter(BytesIO(original() if pdf is None else pdf))
    out = BytesIO()
    signer = PdfSigner(
        PdfSignatureMetadata(field_name=field, md_algorithm=meta.pop("digest", "sha256"), **meta),
        signer=_signer(holder),
        timestamper=stamper() if stamped else None,
        new_field_spec=fields.SigFieldSpec(field, box=(300, 40, 500, 100), on_page=0),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        signer.sign_pdf(writer, output=out)
    return out.getvalue()


def stamper(at: datetime = SIGNED_AT) -> DummyTimeStamper:
    """Says that it is always the same time."""
    holder = authority_of_time()
    return DummyTimeStamper(
        tsa_cert=holder.asn1,
        tsa_key=holder.asn1_key,
        certs_to_embed=_store(holder),
        fixed_dt=at,
    )


def _signer(holder: Holder) -> SimpleSigner:
    return SimpleSigner(
        signing_cert=holder.asn1, signing_key=holder.asn1_key, cert_registry=_store(holder)
    )


def _store(holder: Holder) -> SimpleCertificateStore:
    store = SimpleCertificateStore()
    store.register_multiple([each.asn1 for each in (holder, *holder.above)])
    return store


def _packed(data: bytes) -> str:
    return base64.b64encode(data).decode()
