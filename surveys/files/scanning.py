"""The malware scanner: a command or clamd, named by ``settings.MALWARE_SCANNER``.

``clamd:///run/clamav/clamd.ctl`` and ``clamd://host:3310`` speak clamd's INSTREAM; anything else is
a command that reads the file from standard input and exits with 0 (clean) or 1 (infected), as
``clamdscan --no-summary -`` does. Where one is configured nothing is stored that it has not seen.
"""

import logging
import re
import shlex
import socket
import struct
import subprocess
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from surveys.files.refusals import FileInfected, ScannerUnavailable

TIMEOUT_SECONDS: Final = 60
PIECE: Final = 64 * 1024
MOST_ANSWER: Final = 4096
INFECTED: Final = 1

logger = logging.getLogger(__name__)


class ScannerState(StrEnum):
    """What can be said of the scanner without a file."""

    NONE = "not_configured"
    ANSWERS = "answers"
    SILENT = "does_not_answer"


def scan(data: bytes) -> bool:
    """Whether a scanner has looked at the content and found nothing; False where there is none.

    Raises FileInfected with the threat's name, or ScannerUnavailable.
    """
    scanner: str = settings.MALWARE_SCANNER
    if not scanner:
        return False
    try:
        threat = _by_clamd(scanner, data) if _is_clamd(scanner) else _by_command(scanner, data)
    except (OSError, ValueError, subprocess.SubprocessError) as failure:
        logger.exception("The malware scanner does not answer")
        raise ScannerUnavailable from failure
    if threat:
        raise FileInfected(str(FileInfected.message) % {"threat": threat[:200]}, threat=threat)
    return True


def scanner_state() -> ScannerState:
    """Whether there is a scanner, and whether it answers to an empty piece of content."""
    if not settings.MALWARE_SCANNER:
        return ScannerState.NONE
    try:
        scan(b"\n")
    except ScannerUnavailable:
        return ScannerState.SILENT
    return ScannerState.ANSWERS


def _is_clamd(scanner: str) -> bool:
    return scanner.startswith("clamd://")


def _by_command(command: str, data: bytes) -> str:
    answer = subprocess.run(  # noqa: S603  (the operator's own command)
        shlex.split(command), input=data, capture_output=True, check=False, timeout=TIMEOUT_SECONDS
    )
    if answer.returncode == INFECTED:
        said = answer.stdout.decode(errors="replace").strip()
        return said.splitlines()[0] if said else "?"
    if answer.returncode != 0:
        raise ValueError(f"the scanner ended with {answer.returncode}")
    return ""


def _by_clamd(address: str, data: bytes) -> str:
    with _connection(address) as daemon:
        daemon.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            daemon.sendall(struct.pack("!I", len(piece)) + piece)
        daemon.sendall(struct.pack("!I", 0))
        answer = daemon.recv(MOST_ANSWER).rstrip(b"\0\n").decode(errors="replace")
    if found := re.fullmatch(r"stream: (.+) FOUND", answer):
        return found[1]
    if answer != "stream: OK":
        raise ValueError(f"clamd said {answer!r}")
    return ""


def _connection(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.hostname and parts.port:
        return socket.create_connection((parts.hostname, parts.port), timeout=TIMEOUT_SECONDS)
    daemon = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    daemon.settimeout(TIMEOUT_SECONDS)
    try:
        daemon.connect(parts.path)
    except OSError:
        daemon.close()
        raise
    return daemon
