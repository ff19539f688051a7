"""The trust list: a directory of the operator's, named by ``settings.SIGNATURE_TRUST_LIST``.

In it lie the certificates of the authorities that are trusted (PEM or DER); in ``others/`` those of
authorities under them that signed files may lack; in ``crls/`` lists of revoked certificates. It is
read anew for each verification, so that a changed list holds at once.
"""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from surveys.documents.signed import Trust

CERTIFICATES: Final = frozenset({".pem", ".crt", ".cer", ".der"})
LISTS: Final = frozenset({".crl", ".pem", ".der"})


def trust_list() -> Trust:
    """What lies in the directory; nothing where none is configured."""
    place = _place()
    if place is None:
        return Trust()
    return Trust(
        roots=list(_contents(place, CERTIFICATES)),
        others=list(_contents(place / "others", CERTIFICATES)),
        crls=list(_contents(place / "crls", LISTS)),
    )


def has_trust_list() -> bool:
    """Whether there is a certificate in the directory; whether it can be read is said by verifying."""
    place = _place()
    return place is not None and any(True for _file in _files(place, CERTIFICATES))


def _place() -> Path | None:
    configured: str = settings.SIGNATURE_TRUST_LIST
    return Path(configured) if configured else None


def _files(folder: Path, suffixes: frozenset[str]) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() in suffixes and file.is_file():
            yield file


def _contents(folder: Path, suffixes: frozenset[str]) -> Iterator[str]:
    for file in _files(folder, suffixes):
        yield base64.b64encode(file.read_bytes()).decode()
