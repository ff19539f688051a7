"""Indices and versions: made, forked, saved, frozen; every change recorded once."""

import pytest

from analytics.indices import services
from analytics.indices.models import CompositeIndex, IndexVersion
from analytics.indices.starting import shipped_definitions
from surveys.audit.models import AuditEvent
from tests.analytics.indices.factories import NOW, document, draft, frozen
from tests.factories import DepartmentFactory

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    """What was recorded of indices, in order."""
    found = AuditEvent.objects.filter(kind__startswith="index.").order_by("pk")
    return list(found.values_list("kind", flat=True))


def test_an_index_begins_with_a_draft():
    draft()

    assert kinds() == ["index.created", "index.version_drafted"]


@pytest.mark.parametrize("code", ["", "Có dấu", "a/b", "-a", "a" * 61])
def test_a_code_that_cannot_stand_in_an_address_is_refused(code):
    start = services.Start(code=code, name={"vi": "A"}, document=document())

    with pytest.raises(services.IndexCodeInvalid):
        services.create_index(start, owner=DepartmentFactory.create(), actor=None, at=NOW)


def test_a_code_is_taken_once_over_all_owners():
    draft()

    with pytest.raises(services.IndexCodeTaken):
        draft()
    assert CompositeIndex.objects.count() == 1


def test_a_document_that_is_no_definition_makes_no_index():
    start = services.Start(code="a", name={"vi": "A"}, document={"tree": 3})

    with pytest.raises(services.DefinitionInvalid) as refusal:
        services.create_index(start, owner=DepartmentFactory.create(), actor=None, at=NOW)

    assert "$.tree" in {problem.path for problem in refusal.value.problems}
    assert CompositeIndex.objects.count() == 0


@pytest.mark.parametrize("number", range(3))
def test_every_shipped_definition_can_be_begun_with_and_frozen(number):
    found = shipped_definitions()[number]
    start = services.Start(code=found.code, name=found.name, document=found.document)

    version = services.create_index(start, owner=DepartmentFactory.create(), actor=None, at=NOW)

    assert not services.freeze_version(version, seen=version.sha256, actor=None, at=NOW).is_draft


def test_saving_what_stands_there_already_records_nothing():
    version = draft()

    services.save_draft(version, document(), seen=version.sha256, actor=None, at=NOW)

    assert kinds() == ["index.created", "index.version_drafted"]


def test_a_draft_is_saved_by_who_has_seen_it():
    version = draft()
    services.save_draft(version, document(basis="A"), seen=version.sha256, actor=None, at=NOW)

    with pytest.raises(services.VersionChanged):
        services.save_draft(version, document(basis="B"), seen=version.sha256, actor=None, at=NOW)


def test_the_code_of_an_index_stays_whatever_a_document_says():
    version = draft()

    saved = services.save_draft(
        version, document(code="another", basis="A"), seen=version.sha256, actor=None, at=NOW
    )

    assert saved.definition["code"] == "nang-luc"


def test_an_index_is_called_as_its_draft_calls_it():
    version = draft()

    services.save_draft(
        version, document(name={"vi": "Tên mới"}), seen=version.sha256, actor=None, at=NOW
    )

    assert CompositeIndex.objects.get().name == {"vi": "Tên mới"}


def test_a_frozen_version_is_not_saved():
    version = frozen()

    with pytest.raises(services.VersionFrozen):
        services.save_draft(version, document(basis="A"), seen=version.sha256, actor=None, at=NOW)


def test_a_version_with_an_error_is_not_frozen():
    version = draft(tree={"code": "index", "children": [{"indicator": "nobody"}]})

    with pytest.raises(services.FindingsLeft) as refusal:
        services.freeze_version(version, seen=version.sha256, actor=None, at=NOW)

    assert {problem.code for problem in refusal.value.problems} == {"indicator_unknown"}


def test_a_fork_says_the_same_under_the_next_number():
    version = frozen()

    fork = services.fork_version(version, actor=None, at=NOW)

    assert (fork.number, fork.forked_from, fork.is_draft) == (2, version, True)
    assert fork.definition == {**version.definition, "version": "2"}
    assert IndexVersion.objects.get(pk=version.pk).sha256 == version.sha256
