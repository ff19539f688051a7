"""Files as answers, evidence behind answers, and what of them is signed."""

import json
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from analytics.answers import signed_answers
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.engine import Cell, Group, Question
from surveys.files import storage
from surveys.models import AnswerChange, AuditEvent, Evidence, LiveMessage, Response, StoredFile
from surveys.responses import services
from surveys.responses.cleaning import discard_orphans
from surveys.responses.queries import state_of
from surveys.responses.services import CellEdit, Edit, FileSource
from surveys.responses.simulator.running import Extent, People, Spell, simulate
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.attachments import (
    DEFINITION,
    LINK,
    answer,
    document,
    prove,
    with_files,
)
from tests.surveys.responses.factories import open_assignment, save

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    """A disk of its own."""
    private = {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path / "media"}}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    return tmp_path / "media"


def contents(media: Path) -> list[bytes]:
    return sorted(path.read_bytes() for path in media.rglob("*") if path.is_file())


def stored(response: Response) -> dict[str, object]:
    response.refresh_from_db()
    answers: dict[str, object] = response.answers
    return answers


def findings(response: Response) -> set[tuple[str, str]]:
    response.refresh_from_db()
    return {(finding.code, finding.path) for finding in state_of(response, at=NOW).findings()}


def edit(edit_id: str) -> Edit:
    return Edit(edit_id=edit_id, actor=None, at=NOW)


def finished() -> Response:
    response = with_files()
    answer(response)
    answer(response, "card", document("cccd.pdf", b"card"), edit_id="card")
    save(response, "issued", CellEdit("issued", "3"))
    prove(response, source=FileSource(file=document("quyet-dinh.pdf"), page="3"))
    prove(response, "note", LINK, edit_id="link")
    return response


def frozen(response: Response) -> dict[str, object]:
    revision = services.send_for_signature(response, actor=None, at=NOW)
    document: dict[str, object] = json.loads(revision.canonical)
    return document


def test_the_answer_is_the_id_of_the_file():
    response = with_files()

    answer(response)

    assert stored(response) == {"plan": str(StoredFile.objects.get().pk)}


def test_the_content_lies_under_a_generated_name(media):
    answer(with_files())

    stored = StoredFile.objects.get()
    (path,) = [path for path in media.rglob("*") if path.is_file()]
    assert path == media / stored.pk.hex[:2] / stored.pk.hex


def test_the_file_is_known_by_name_size_and_hash_of_what_lies_there(media):
    answer(with_files())

    file = StoredFile.objects.get()
    with storage.open_content(file.pk) as content:
        assert content.read() == document().content
    assert (file.name, file.size, file.sha256) == (
        "ke-hoach.pdf",
        document().size,
        document().sha256,
    )


def test_an_upload_is_a_change_an_audit_event_and_a_live_message():
    response = with_files()

    answer(response)

    (change,) = AnswerChange.objects.filter(response=response)
    assert [path for path, _old, _new in change.changes] == ["plan"]
    assert AuditEvent.objects.filter(kind=Event.FILE_UPLOADED).count() == 1
    assert LiveMessage.objects.filter(topic=f"response:{response.pk}").count() == 1


def test_a_repeated_upload_stores_nothing_again(media):
    response = with_files()

    answer(response)
    again = answer(response)

    assert (again.repeated, len(contents(media))) == (True, 1)


def test_a_replaced_file_stays_for_the_history(media):
    response = with_files()
    answer(response)
    first = stored(response)["plan"]

    answer(response, file=document("moi.pdf", b"new"), seen=str(first), edit_id="second")

    assert (len(contents(media)), StoredFile.objects.count()) == (2, 2)
    assert stored(response)["plan"] != first


def test_a_file_over_a_colleagues_is_not_stored(media):
    response = with_files()
    answer(response)

    with pytest.raises(services.FileMeanwhileChanged):
        answer(response, file=document("khac.pdf", b"other"), seen=None, edit_id="second")

    assert (len(contents(media)), StoredFile.objects.count()) == (1, 1)


def test_an_emptied_answer_keeps_the_file_for_the_history(media):
    response = with_files()
    answer(response)
    seen = Cell(value=str(stored(response)["plan"]))

    save(response, "clear", CellEdit("plan", "", seen=seen))

    assert ("plan" in stored(response), len(contents(media))) == (False, 1)


def test_the_file_of_another_response_is_no_answer():
    mine, other = with_files(), with_files()
    answer(other)

    outcome = save(mine, "theft", CellEdit("plan", str(stored(other)["plan"])))

    assert ([edit.code for edit in outcome.refused], stored(mine)) == (["file_unknown"], {})


@pytest.mark.parametrize("text", ["quyet-dinh.pdf", "../../etc/passwd", "0" * 32])
def test_a_text_is_no_file(text):
    response = with_files()

    assert save(response, "text", CellEdit("plan", text)).refused[0].code == "file_unknown"


def test_a_file_answers_a_cell_of_a_table_and_of_a_row(media):
    response = with_files()
    row = services.add_row(response, repeat="systems", edit_id="row", actor=None, at=NOW).row

    answer(response, "levels/one/proof", edit_id="cell")
    answer(response, f"systems/{row}/manual", edit_id="manual")

    answers = state_of(Response.objects.get(pk=response.pk), at=NOW)
    assert answers.value("levels/one/proof") is not None
    assert answers.value(f"systems/{row}/manual") is not None


def test_a_question_of_another_kind_takes_no_file(media):
    with pytest.raises(services.FileNotAsked):
        answer(with_files(), "note")

    assert contents(media) == []


def test_no_file_is_taken_when_the_answers_are_locked(media):
    response = finished()
    services.send_for_signature(response, actor=None, at=NOW)
    before = contents(media)

    with pytest.raises(services.AnswersLocked):
        answer(response, "photo", edit_id="late")
    with pytest.raises(services.AnswersLocked):
        prove(response, edit_id="late-proof")
    assert contents(media) == before


def test_the_files_of_a_response_have_a_common_limit(media, settings):
    response = with_files()
    answer(response)
    settings.UPLOAD_MOST_BYTES_PER_RESPONSE = document().size + 1

    with pytest.raises(services.QuotaUsedUp):
        prove(response, source=FileSource(file=document()))
    assert len(contents(media)) == 1


def test_no_file_is_taken_when_the_disk_is_nearly_full(media, settings):
    settings.UPLOAD_FREE_SHARE = 1.1

    with pytest.raises(DomainError) as refused:
        answer(with_files())
    assert (refused.value.code, StoredFile.objects.count()) == ("storage_full", 0)


def test_evidence_that_is_required_is_missed_until_it_is_there():
    response = with_files()
    save(response, "issued", CellEdit("issued", "3"))
    assert ("evidence_missing", "issued") in findings(response)

    prove(response)

    assert ("evidence_missing", "issued") not in findings(response)


def test_removed_evidence_is_missed_again_and_restored_is_not():
    response = with_files()
    save(response, "issued", CellEdit("issued", "3"))
    prove(response)
    pk = Evidence.objects.get().pk

    services.remove_evidence(response, evidence_id=pk, edit=edit("remove"))
    assert ("evidence_missing", "issued") in findings(response)

    services.restore_evidence(response, evidence_id=pk, edit=edit("restore"))
    assert ("evidence_missing", "issued") not in findings(response)


def test_the_history_of_an_answer_tells_of_its_evidence():
    response = with_files()

    prove(response)

    (change,) = AnswerChange.objects.filter(response=response)
    assert change.changes[0][2]["evidence"] == "27/2025/QĐ-UBND UBND tỉnh"


def test_evidence_of_another_response_is_not_removed():
    mine, other = with_files(), with_files()
    prove(other)

    with pytest.raises(services.EvidenceUnknown):
        services.remove_evidence(mine, evidence_id=Evidence.objects.get().pk, edit=edit("remove"))


def test_a_question_without_evidence_takes_none():
    with pytest.raises(services.EvidenceNotAsked):
        prove(with_files(), "photo")


def test_an_answer_takes_so_much_evidence_and_no_more():
    response = with_files()
    for number in range(20):
        prove(response, edit_id=f"proof-{number}")

    with pytest.raises(services.TooMuchEvidence):
        prove(response, edit_id="too-much")


def test_what_is_signed_names_the_content_of_every_file():
    response = finished()

    content = frozen(response)

    plan, file = StoredFile.objects.get(path="plan"), StoredFile.objects.get(path="issued")
    assert content["files"][1] == {  # type: ignore[index]
        "path": "plan",
        "id": str(plan.pk),
        "name": "ke-hoach.pdf",
        "type": "pdf",
        "size": plan.size,
        "sha256": plan.sha256,
    }
    assert content["evidence"] == [
        {
            "path": "issued",
            "kind": "file",
            "page": "3",
            "file": {
                "id": str(file.pk),
                "name": "quyet-dinh.pdf",
                "type": "pdf",
                "size": file.size,
                "sha256": file.sha256,
            },
        },
        {"path": "note", "kind": "link", "url": LINK.url},
    ]


def test_a_file_of_personal_data_stands_in_it_as_a_digest():
    response = finished()

    content = frozen(response)

    assert set(content["files"][0]) == {"path", "#digest"}  # type: ignore[index]
    assert "cccd.pdf" not in json.dumps(content)
    assert services.is_intact(response.revisions.get())


def test_removed_evidence_does_not_stand_in_it():
    response = finished()
    pk = Evidence.objects.get(path="note").pk

    services.remove_evidence(response, evidence_id=pk, edit=edit("remove"))

    assert [entry["path"] for entry in frozen(response)["evidence"]] == ["issued"]  # type: ignore[attr-defined]


def test_content_that_no_file_names_is_deleted_after_a_day(media):
    answer(with_files())
    known = StoredFile.objects.get().pk
    for name in ("0" * 32, "1" * 32):
        lost = media / name[:2] / name
        lost.parent.mkdir()
        lost.write_bytes(b"lost")
    old = (NOW - timedelta(days=2)).timestamp()
    os.utime(media / "00" / ("0" * 32), (old, old))
    os.utime(media / storage.place_of(known), (old, old))
    young = NOW.timestamp()
    os.utime(media / "11" / ("1" * 32), (young, young))

    assert discard_orphans(at=NOW) == 1
    assert sorted(contents(media)) == sorted([document().content, b"lost"])


def test_the_analysis_reads_names_and_hashes_in_the_place_of_ids():
    response = finished()
    services.send_for_signature(response, actor=None, at=NOW)
    services.sign(response, actor=None, at=NOW)

    (signed,) = signed_answers(response.assignment.round)

    plan = StoredFile.objects.get(path="plan")
    assert signed.answers["plan"] == f"ke-hoach.pdf (SHA-256 {plan.sha256})"


def test_a_simulated_agency_cites_documents_where_they_are_required():
    page = DEFINITION.children[0]
    assert isinstance(page, Group)
    # A simulated agency leaves out some of what it need not answer.
    proved = tuple(
        replace(child, required="true()")
        for child in page.children
        if isinstance(child, Question) and child.name == "issued"
    )
    definition = replace(DEFINITION, children=(replace(page, children=proved),), lists={})
    assignment = open_assignment(definition)
    spell = Spell(NOW, NOW + timedelta(hours=1))

    simulate(assignment, seed=1, extent=Extent.SIGNED, spell=spell, people=People())

    assert Evidence.objects.filter(path="issued").count() == 1
