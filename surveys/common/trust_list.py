"""Where the trust list for digital signatures lies: the directory in ``settings.SIGNATURE_TRUST_LIST``.

In it lie the certificates of the authorities that are trusted (PEM or DER); in ``others/`` those of
authorities under them that signed files may lack; in ``crls/`` lists of revoked certificates.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

CERTIFICATES: Final = frozenset({".pem", ".crt", ".cer", ".der"})


def trust_folder() -> Path | None:
    """The directory; None where none is configured."""
    configured: str = settings.SIGNATURE_TRUST_LIST
    return Path(configured) if configured else None


def files_in(folder: Path, suffixes: frozenset[str]) -> Iterator[Path]:
    """The files of these kinds by name; none where there is no such directory."""
    if not folder.is_dir():
        return
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() in suffixes and file.is_file():
            yield file


def has_trust_list() -> bool:
    """Whether there is a certificate in the directory; whether it can be read is said by verifying."""
    folder = trust_folder()
    return folder is not None and any(True for _file in files_in(folder, CERTIFICATES))
