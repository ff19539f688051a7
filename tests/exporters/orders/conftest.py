"""A round with signed answers, somebody who may have its files, and a place for them."""

import pytest

from exporters.models import Export
from exporters.order import Wish
from exporters.orders.services import request_export
from surveys.background.runner import run_pending
from tests.answered import NOW
from tests.factories import department_person
from tests.surveys.verification.factories import HIGH, scored_round


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """Where the files of this test lie."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "exports"


@pytest.fixture
def round_(db):
    """Two agencies have signed; the background work has been done."""
    made = scored_round(HIGH, HIGH)
    run_pending()
    return made


@pytest.fixture
def person(round_):
    """A designer of the round's owner."""
    return department_person("designer", owner=round_.campaign.owner)


@pytest.fixture
def ask(round_, person):
    """Asks for the workbook."""

    def asked(at=NOW, **changes):
        wish = Wish(**{"name": "round", "format": "xlsx", "language": "vi", **changes})
        return request_export(subject=round_, wish=wish, actor=person, at=at)

    return asked


@pytest.fixture
def ready(ask):
    """The workbook, written."""
    export = ask()
    run_pending()
    return Export.objects.select_related("job", "round__campaign", "owner").get(pk=export.pk)
