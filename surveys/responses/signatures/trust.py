"""The trust list as the verifying takes it, read anew for each file, so that a changed list holds at once."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from surveys.common.trust_list import CERTIFICATES, files_in, trust_folder
from surveys.documents.signed import Trust

LISTS: Final = frozenset({".crl", ".pem", ".der"})


def trust_list() -> Trust:
    """What lies in the directory; nothing where none is configured."""
    place = trust_folder()
    if place is None:
        return Trust()
    return Trust(
        roots=list(_contents(place, CERTIFICATES)),
        others=list(_contents(place / "others", CERTIFICATES)),
        crls=list(_contents(place / "crls", LISTS)),
    )


def _contents(folder: Path, suffixes: frozenset[str]) -> Iterator[str]:
    for file in files_in(folder, suffixes):
        yield base64.b64encode(file.read_bytes()).decode()
