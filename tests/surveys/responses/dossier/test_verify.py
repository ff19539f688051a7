"""A dossier verifies by itself, offline; whatever is changed in it is named."""

import json
import subprocess
import sys
from functools import partial
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import rfc8785
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.audit.sealing import seal_all
from surveys.background.runner import run_pending
from surveys.models import ErasableAnswer, Job
from surveys.responses.dossier import verify as module
from surveys.responses.dossier.services import DOSSIERS
from surveys.responses.dossier.verify import Broken, canonical, loads, pack, verify
from surveys.responses.papers.keeping import place_of
from tests.surveys.responses.dossier.samples import dossier_of, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(settings, tmp_path) -> Path:
    """The dossier of a signed response."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return dossier_of(signed())


@pytest.fixture
def folder(dossier: Path, tmp_path: Path) -> Path:
    """The dossier as it is unpacked."""
    with ZipFile(dossier) as archive:
        archive.extractall(tmp_path / "unpacked")
    return tmp_path / "unpacked"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """What a bare Python says, which knows no library."""
    command = [sys.executable, "-I", "-S", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def fault(path: Path) -> str:
    """The file that is named as broken."""
    with pytest.raises(Broken) as broken:
        verify(path)
    return broken.value.name


def test_an_archive_verifies_with_nothing_but_python(dossier, folder):
    done = run(folder / "verify.py", dossier)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "HỢP LỆ / VALID"


def test_an_unpacked_dossier_verifies_where_it_lies(folder):
    done = run(folder / "verify.py")

    assert (done.returncode, done.stderr) == (0, "")
    assert "revisions: 3, each canonical and with its SHA-256" in done.stdout


def test_the_command_says_the_same(dossier, capsys):
    call_command("verify_dossier", dossier)

    said = capsys.readouterr().out
    assert "copies of links: 1, each with the hash that was signed" in said
    assert "attached files: 3, each as the revisions name it" in said


def test_the_command_refuses_what_does_not_hold(folder):
    (folder / "returns.json").write_bytes(b"[]")

    with pytest.raises(CommandError, match=r"returns\.json"):
        call_command("verify_dossier", folder)


def test_a_changed_byte_in_any_file_is_named(folder):
    names = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]
    unnoticed = {}
    for name in names:
        file = folder / name
        kept = file.read_bytes()
        place = len(kept) // 2
        file.write_bytes(kept[:place] + bytes([kept[place] ^ 1]) + kept[place + 1 :])
        expected = {name} | ({"manifest.json"} if name == "manifest.sha256" else set())
        if (named := fault(folder)) not in expected:
            unnoticed[name] = named
        file.write_bytes(kept)

    assert len(names) > 20
    assert unnoticed == {}
    assert verify(folder)


def test_the_changed_file_is_named_on_the_command_line_and_the_status_is_one(folder):
    (folder / "README.txt").write_bytes(b"?")
    done = run(folder / "verify.py")

    assert done.returncode == 1
    assert done.stderr.startswith("KHÔNG HỢP LỆ / NOT VALID: README.txt: ")


def test_every_single_byte_of_the_archive_counts(dossier, tmp_path):
    content = dossier.read_bytes()
    other = tmp_path / "other.zip"

    @given(place=st.integers(0, len(content) - 1), bits=st.integers(1, 255))
    @settings(
        max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    def changed(place: int, bits: int) -> None:
        other.write_bytes(content[:place] + bytes([content[place] ^ bits]) + content[place + 1 :])
        fault(other)

    changed()


def test_every_byte_around_the_files_of_the_archive_counts(dossier, tmp_path):
    content = dossier.read_bytes()
    with ZipFile(dossier) as archive:
        ends = archive.start_dir
        heads = [info.header_offset for info in archive.infolist()]
    other = tmp_path / "other.zip"
    places = {place for head in heads for place in range(head, head + 30)}
    places |= set(range(ends, len(content)))
    unnoticed = []
    for place in sorted(places)[::7]:
        other.write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
        try:
            verify(other)
        except Broken:
            continue
        unnoticed.append(place)

    assert unnoticed == []


def test_bytes_behind_the_archive_are_noticed(dossier, tmp_path):
    other = tmp_path / "other.zip"
    other.write_bytes(dossier.read_bytes() + b"\0")

    fault(other)


def test_an_archive_that_was_cut_off_is_no_dossier(dossier, tmp_path):
    other = tmp_path / "other.zip"
    other.write_bytes(dossier.read_bytes()[:-30])

    assert fault(other) == "other.zip"


def test_a_file_that_was_added_is_named(folder):
    (folder / "attached" / "more.pdf").write_bytes(b"%PDF")

    assert fault(folder) == "attached/more.pdf"


def test_a_file_that_is_gone_is_named(folder):
    (folder / "log" / "answers.jsonl").unlink()

    assert fault(folder) == "log/answers.jsonl"


def remade(folder: Path, name: str, content: bytes) -> None:
    """Another file with a manifest that fits: what somebody does who knows how dossiers are made."""
    (folder / name).write_bytes(content)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    digest, size = module.measured(BytesIO(content))
    manifest["files"][name] = {"sha256": digest, "size": size}
    text = canonical(manifest)
    (folder / "manifest.json").write_bytes(text)
    digest, _size = module.measured(BytesIO(text))
    (folder / "manifest.sha256").write_bytes(f"{digest}  manifest.json\n".encode())


def one(folder: Path, pattern: str) -> str:
    """The name of the only file that looks so."""
    (found,) = folder.glob(pattern)
    return found.relative_to(folder).as_posix()


def test_another_answer_under_a_new_manifest_is_noticed(folder):
    name = one(folder, "revisions/*-signed.json")
    remade(folder, name, (folder / name).read_bytes().replace(b'"issued":"3"', b'"issued":"4"'))

    assert fault(folder) == name


def test_answers_in_another_order_are_noticed(folder):
    name = one(folder, "revisions/*-signed.json")
    content = json.loads((folder / name).read_bytes())
    remade(folder, name, json.dumps(content, ensure_ascii=False).encode())

    assert fault(folder) == name


def test_another_file_under_a_new_manifest_is_noticed(folder):
    attached = json.loads((folder / "attached.json").read_bytes())
    name = next(each["file"] for each in attached if each["name"] == "scan.pdf")
    remade(folder, name, b"%PDF-1.7 another")

    assert fault(folder) == name


def test_another_event_under_a_new_manifest_is_noticed(folder):
    name = "log/events.jsonl"
    content = (folder / name).read_bytes()
    remade(folder, name, content.replace(b'"response.returned"', b'"response.approved"'))

    assert fault(folder) == name


def test_another_questionnaire_under_a_new_manifest_is_noticed(folder):
    name = one(folder, "questionnaire/*.json")
    content = json.loads((folder / name).read_bytes())
    remade(folder, name, canonical({**content, "code": "khac"}))

    assert fault(folder) == name


def test_a_sign_off_of_other_answers_is_noticed(folder):
    (act,) = [
        each
        for each in json.loads((folder / "sign-offs.json").read_bytes())
        if each["act"] == "sign"
    ]
    remade(folder, "sign-offs.json", canonical([{**act, "revision": 1}]))

    assert fault(folder) == "sign-offs.json"


def test_another_personal_answer_is_noticed(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    response = signed()
    with ZipFile(dossier_of(response)) as archive:
        archive.extractall(tmp_path / "unpacked")
    folder = tmp_path / "unpacked"
    name = one(folder, "personal/*-signed.json")
    answers = json.loads((folder / name).read_bytes())
    remade(folder, name, canonical([{**answers[0], "salt": "00"}, *answers[1:]]))

    assert fault(folder) == name


def test_erased_personal_data_leave_a_dossier_that_holds(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    response = signed()
    ErasableAnswer.objects.all().delete()

    assert "personal answers: 0, each with its salted digest" in verify(dossier_of(response))


def test_the_same_request_gives_the_same_bytes(dossier):
    first = dossier.read_bytes()
    seal_all()
    job = Job.objects.filter(task__contains="dossier").latest("pk")
    Job.objects.filter(pk=job.pk).update(status="waiting", attempts=0)
    place_of(DOSSIERS, job.pk).unlink()
    run_pending()

    assert dossier.read_bytes() == first


def test_what_is_packed_can_be_read_by_every_program():
    target = BytesIO()
    files = {"a.txt": b"one", "b/c.bin": bytes(range(256)) * 9, "empty": b""}
    counted = list(pack(target, ((name, partial(BytesIO, each)) for name, each in files.items())))
    with ZipFile(target) as archive:
        damaged = archive.testzip()
        read = {name: archive.read(name) for name in archive.namelist()}

    assert (counted, read, damaged) == ([1, 2, 3], files, None)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda each: (
        st.lists(each) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), each)
    ),
    max_leaves=20,
)


@given(JSON)
def test_canonical_json_is_written_as_the_product_writes_it(value):
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "text", [b'{"b":1,"a":2}', b'{"a": 1}', b"[1.0]", b'{"a":1,"a":1}', b"NaN"]
)
def test_json_that_could_be_written_in_another_way_is_refused(text):
    with pytest.raises(Broken):
        loads(text, "x.json")
