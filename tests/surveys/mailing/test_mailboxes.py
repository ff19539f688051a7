"""The messages of a mailbox."""

import io

import pytest

from surveys.mailing.mailboxes import MOST_BYTES, message_in, messages_in


def test_an_mbox_holds_messages_between_its_from_lines(tmp_path):
    box = tmp_path / "mbox"
    box.write_bytes(
        b"From MAILER-DAEMON Fri Nov 20 09:30:00 2026\nSubject: 1\n\ntext\nFrom here\n\n"
        b"From MAILER-DAEMON Fri Nov 20 09:31:00 2026\nSubject: 2\n\ntext\n"
    )

    assert list(messages_in(box)) == [
        b"Subject: 1\n\ntext\nFrom here\n\n",
        b"Subject: 2\n\ntext\n",
    ]


def test_a_maildir_holds_a_message_in_each_file(tmp_path):
    for folder in ("cur", "new", "tmp"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1").write_bytes(folder.encode())
    (tmp_path / "new" / "2").symlink_to("/etc/hostname")

    assert list(messages_in(tmp_path)) == [b"new", b"cur"]


def test_a_message_is_cut_and_the_next_one_still_found(tmp_path):
    box = tmp_path / "mbox"
    box.write_bytes(b"From a\n" + b"x" * (3 * MOST_BYTES) + b"\n\nFrom b\nSubject: 2\n")

    assert list(messages_in(box)) == [b"x" * MOST_BYTES, b"Subject: 2\n"]


def test_a_piece_of_a_long_line_begins_no_message(tmp_path):
    box = tmp_path / "mbox"
    box.write_bytes(b"From a\n\n" + b"x" * MOST_BYTES + b"From b\nSubject: 2\n")

    assert len(list(messages_in(box))) == 1


@pytest.mark.parametrize("content", [b"", b"no mailbox at all\n"])
def test_a_file_without_messages_has_none(tmp_path, content):
    box = tmp_path / "mbox"
    box.write_bytes(content)

    assert list(messages_in(box)) == []


def test_a_mailbox_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        list(messages_in(tmp_path / "nowhere"))


def test_a_single_message_is_cut():
    assert message_in(io.BytesIO(b"x" * (MOST_BYTES + 1))) == b"x" * MOST_BYTES
