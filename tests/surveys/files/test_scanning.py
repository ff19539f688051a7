"""The malware scanner: asked where there is one, and nothing passes when it is silent."""

import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from surveys.files.refusals import FileInfected, ScannerUnavailable
from surveys.files.scanning import ScannerState, scan, scanner_state

CONTENT = b"%PDF-" + b"x" * 100_000


def command(program: str) -> str:
    return f"{sys.executable} -c '{program}'"


@pytest.fixture
def clamd(tmp_path: Path, settings) -> Iterator[list[bytes]]:
    """A daemon that answers each connection with the next of these words."""
    path = tmp_path / "clamd.ctl"
    words: list[bytes] = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(path))
        server.listen()

        def serve() -> None:
            connection, _address = server.accept()
            with connection:
                got = b""
                while not got.endswith(b"\0\0\0\0"):
                    got += connection.recv(1 << 20)
                answer, word = words[0], got.startswith(b"zINSTREAM\0")
                connection.sendall(answer if word else b"UNKNOWN COMMAND\0")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        settings.MALWARE_SCANNER = f"clamd://{path}"
        yield words


def test_without_a_scanner_nothing_was_scanned_and_that_is_said(settings):
    settings.MALWARE_SCANNER = ""

    assert (scan(CONTENT), scanner_state()) == (False, ScannerState.NONE)


def test_a_command_that_ends_well_has_scanned(settings):
    settings.MALWARE_SCANNER = command(
        "import sys; sys.exit(len(sys.stdin.buffer.read()) != 100005)"
    )

    assert scan(CONTENT)


def test_a_command_that_ends_with_1_has_found_something(settings):
    settings.MALWARE_SCANNER = command('print("Eicar-Test"); raise SystemExit(1)')

    with pytest.raises(FileInfected, match="Eicar-Test"):
        scan(CONTENT)


@pytest.mark.parametrize("scanner", ["/nowhere/scan", "clamd:///nowhere/clamd.ctl"])
def test_nothing_passes_a_scanner_that_is_not_there(settings, scanner):
    settings.MALWARE_SCANNER = scanner

    with pytest.raises(ScannerUnavailable):
        scan(CONTENT)
    assert scanner_state() is ScannerState.SILENT


def test_a_command_that_fails_lets_nothing_pass(settings):
    settings.MALWARE_SCANNER = command("raise SystemExit(2)")

    with pytest.raises(ScannerUnavailable):
        scan(CONTENT)


def test_clamd_is_sent_the_content_and_finds_nothing(clamd):
    clamd.append(b"stream: OK\0")

    assert scan(CONTENT)


def test_clamd_names_what_it_finds(clamd):
    clamd.append(b"stream: Win.Test.EICAR_HDB-1 FOUND\0")

    with pytest.raises(FileInfected, match="EICAR"):
        scan(CONTENT)


def test_what_clamd_says_besides_is_no_permission(clamd):
    clamd.append(b"INSTREAM size limit exceeded. ERROR\0")

    with pytest.raises(ScannerUnavailable):
        scan(CONTENT)
