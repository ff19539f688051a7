"""The copy follows what is signed and returned."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from analytics.columnar import services
from analytics.columnar.checking import check
from analytics.columnar.files import path_of
from analytics.columnar.models import ColumnarSegment
from analytics.columnar.queries import data_version
from analytics.columnar.reading import dataset_of
from surveys.background.runner import run_pending
from surveys.models import Response
from surveys.responses.services import return_to_draft
from tests.answered import answered_round
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    found = answered_round()
    run_pending()
    return found


def returned(round_):
    response = Response.objects.filter(assignment__round=round_, assignment__status="submitted")[0]
    return_to_draft(response, actor=UserFactory.create(), at=timezone.now(), reason="Thiếu số liệu")
    return response


def test_signatures_bring_their_answers_into_the_copy(round_):
    found = check(round_)

    assert (found.rows, found.is_sound) == (4, True)


def test_a_returned_response_leaves_the_copy(round_):
    response = returned(round_)
    run_pending()

    assert check(round_).is_sound
    assert response.pk not in dataset_of(round_).table["@response"].to_pylist()


def test_a_tombstone_is_a_row_of_a_segment(round_):
    returned(round_)
    run_pending()

    assert sum(ColumnarSegment.objects.values_list("tombstones", flat=True)) == 1


def test_an_unchanged_round_gets_no_segment(round_):
    before = ColumnarSegment.objects.count()

    assert services.synchronise(round_, at=timezone.now()) == 0
    assert ColumnarSegment.objects.count() == before


def test_another_copy_has_another_version_and_compaction_keeps_it(round_):
    before = data_version(round_)
    returned(round_)
    run_pending()
    returned(round_)
    run_pending()
    after = data_version(round_)
    assert services.compact(round_, at=timezone.now(), most=1) == 3

    assert before != after == data_version(round_)


def test_compaction_leaves_one_segment_without_tombstones(round_):
    for _ in range(2):
        returned(round_)
        run_pending()
    services.compact(round_, at=timezone.now(), most=1)

    segments = ColumnarSegment.objects.values_list("rows", "tombstones")
    assert (list(segments), check(round_).is_sound) == ([(2, 0)], True)


def test_a_large_segment_is_not_written_anew_for_a_small_one(round_):
    returned(round_)
    run_pending()

    assert services.compact(round_, at=timezone.now(), most=1) == 0


def test_a_damaged_file_is_found_and_the_copy_built_anew(round_):
    path = path_of(ColumnarSegment.objects.latest("position").file)
    path.write_bytes(path.read_bytes()[:-100])

    assert not check(round_).is_sound
    assert len(dataset_of(round_)) == 4
    assert check(round_).is_sound


def test_a_flipped_byte_is_found_and_mended_before_anybody_reads_it(round_):
    path = path_of(ColumnarSegment.objects.latest("position").file)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    with pytest.raises(CommandError, match="damaged"):
        call_command("rebuild_columnar", round_.code, "--check")
    dataset_of(round_)
    assert check(round_).is_sound


def test_a_changed_agency_is_found_and_brought_up(round_):
    response = Response.objects.filter(assignment__round=round_, assignment__status="submitted")[0]
    agency = response.assignment.agency
    agency.type = "commune"
    agency.save()

    assert not check(round_).is_sound
    services.synchronise(round_, at=timezone.now())
    assert check(round_).is_sound


def test_the_command_builds_the_copy_and_tells_its_count(round_, capsys):
    call_command("rebuild_columnar", round_.code)

    assert capsys.readouterr().out.startswith(f"{round_.code}: 4 rows, checksum ")


def test_only_the_owner_of_the_process_reads_the_files(round_):
    path = path_of(ColumnarSegment.objects.latest("position").file)

    assert oct(path.stat().st_mode & 0o777) == "0o600"
