"""The messages in a mailbox, an mbox file or a Maildir, none longer than we want to know."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

MOST_BYTES: Final = 256 * 1024
"""What is read of one message. A report stands at its beginning, the returned mail behind it."""
FROM_LINE: Final = b"From "


def messages_in(path: Path) -> Iterator[bytes]:
    """Each message of the mailbox, cut after ``MOST_BYTES``; raises OSError when there is none."""
    if path.is_dir():
        yield from _of_maildir(path)
    else:
        with path.open("rb") as file:
            yield from _of_mbox(file)


def message_in(file: IO[bytes]) -> bytes:
    """The one message that the file holds, cut after ``MOST_BYTES``."""
    return file.read(MOST_BYTES)


def _of_maildir(path: Path) -> Iterator[bytes]:
    for folder in ("new", "cur"):
        for each in sorted((path / folder).iterdir()):
            if each.is_file() and not each.is_symlink():
                with each.open("rb") as file:
                    yield message_in(file)


def _of_mbox(file: IO[bytes]) -> Iterator[bytes]:
    """A line that begins with "From " after an empty one, or as the first, begins a message."""
    message = bytearray()
    after_blank, inside, line_begins = True, False, True
    # A line longer than the limit comes in pieces, of which only the first begins a line.
    while piece := file.readline(MOST_BYTES):
        if line_begins and after_blank and piece.startswith(FROM_LINE):
            if inside:
                yield bytes(message)
            message.clear()
            inside = True
        elif inside and len(message) < MOST_BYTES:
            message += piece[: MOST_BYTES - len(message)]
        after_blank = line_begins and not piece.strip()
        line_begins = piece.endswith(b"\n")
    if inside:
        yield bytes(message)
