"""Zips: the same bytes for the same content, read by other programs, whatever their size."""

import hashlib
import io
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime

import pytest

from exporters import archives
from exporters.archives import archive, checksums, member_name, write_archive

AT = datetime(2026, 11, 22, 2, 30, 6, tzinfo=UTC)


def written(members, **options):
    out = io.BytesIO()
    write_archive(out, members, at=AT, **options)
    return out.getvalue()


def test_members_are_sorted_and_followed_by_their_checksums():
    content = written({"b.txt": b"two", "a.txt": lambda member: member.write(b"one")})

    with zipfile.ZipFile(io.BytesIO(content)) as read:
        assert read.testzip() is None
        assert read.namelist() == ["a.txt", "b.txt", "SHA256SUMS"]
        assert read.read("SHA256SUMS").decode() == (
            f"{hashlib.sha256(b'one').hexdigest()}  a.txt\n"
            f"{hashlib.sha256(b'two').hexdigest()}  b.txt\n"
        )


def test_a_file_is_streamed_into_its_member(tmp_path):
    body = bytes(range(256)) * 10_000
    (tmp_path / "large").write_bytes(body)

    content = written({"large": tmp_path / "large"}, sums=False)

    with zipfile.ZipFile(io.BytesIO(content)) as read:
        assert read.read("large") == body


def test_equal_members_and_times_give_equal_bytes(tmp_path):
    members = {"số liệu.csv": b"x" * 1000, "trống": b""}
    write_archive(tmp_path / "one.zip", members, at=AT)
    write_archive(tmp_path / "two.zip", dict(reversed(members.items())), at=AT)

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_how_bytes_came_changes_nothing():
    body = bytes(range(256)) * 10_000

    def in_pieces(member):
        for start in range(0, len(body), 999):
            member.write(body[start : start + 999])

    assert written({"a": in_pieces}) == written({"a": body})


def test_the_time_of_a_member_is_the_callers():
    with zipfile.ZipFile(io.BytesIO(written({"a": b"1"}))) as read:
        assert {entry.date_time for entry in read.infolist()} == {(2026, 11, 22, 2, 30, 6)}


def test_the_command_line_tool_takes_the_archive_for_sound(tmp_path):
    unzip = shutil.which("unzip")
    if unzip is None:
        pytest.skip("unzip is not installed")
    (tmp_path / "a.zip").write_bytes(written({"số liệu.csv": b"x" * 1000, "empty": b""}))

    assert subprocess.run([unzip, "-tqq", str(tmp_path / "a.zip")], check=False).returncode == 0


def test_sizes_beyond_32_bits_stand_in_zip64_fields(monkeypatch):
    monkeypatch.setattr(archives, "ROOM", 100)

    content = written({"a": b"x" * 1_000, "b": bytes(range(256)) * 4, "c": b"y"})

    with zipfile.ZipFile(io.BytesIO(content)) as read:
        assert read.testzip() is None
        assert [read.read(name) for name in "abc"] == [b"x" * 1_000, bytes(range(256)) * 4, b"y"]


def test_two_members_of_one_name_are_refused():
    with archive(io.BytesIO(), at=AT) as made:
        made.add("a", b"1")
        with pytest.raises(ValueError, match="two members"):
            made.add("a", b"2")


def test_an_archive_whose_content_fails_is_not_taken_for_whole():
    out = io.BytesIO()

    def fail(_):
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        write_archive(out, {"a": b"1", "b": fail}, at=AT)

    assert not zipfile.is_zipfile(out)


def test_checksums_are_sorted_by_name():
    assert checksums({"b": "2" * 64, "a": "1" * 64}).decode() == (f"{'1' * 64}  a\n{'2' * 64}  b\n")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Đợt 1 / 2026", "Đợt_1_2026.csv"),
        ("../../etc/passwd", "etc_passwd.csv"),
        ("=1+1", "1_1.csv"),
        ("con", "_con.csv"),
        ("", "table.csv"),
        ("\x00\ud800\u202e", "table.csv"),
        ("ố" * 200, "ố" * 60 + ".csv"),
    ],
)
def test_a_member_has_a_name_that_every_system_takes(text, name):
    assert member_name(text, "csv") == name


def test_names_that_differ_by_case_only_get_a_number():
    assert member_name("Bảng", "csv", taken=["bảng.csv", "BẢNG_2.csv"]) == "Bảng_3.csv"
