"""Each file of the hostile corpus through the door: a definite refusal, and not a row written."""

from collections import Counter

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.limited import read_limited
from surveys.models import AuditEvent, Response, User
from surveys.organisations.enums import MembershipRole
from surveys.responses.workbooks.upload import take_back
from tests.factories import MembershipFactory
from tests.hostile.build_corpus import corpus
from tests.hostile.case import Case
from tests.surveys.limited.functions import parent
from tests.surveys.responses.factories import draft
from tests.surveys.responses.workbooks.sending import LATER

QUICK = [pytest.param(case, id=case.name) for case in corpus() if not case.slow]

pytestmark = pytest.mark.django_db


@pytest.fixture
def response() -> Response:
    return draft()


@pytest.fixture
def person(response: Response) -> User:
    member = MembershipFactory.create(
        agency=response.assignment.agency, role=MembershipRole.COORDINATOR
    )
    return member.user


def rows() -> Counter[str]:
    return Counter({model.__name__: model._default_manager.count() for model in apps.get_models()})


@pytest.mark.parametrize("case", QUICK)
def test_a_hostile_file_is_refused_in_words_and_writes_nothing_but_the_record_of_it(
    case: Case, response: Response, person: User
):
    before, reader = rows(), read_limited(parent, b"")
    file = SimpleUploadedFile(case.filename, case.make())

    with pytest.raises(DomainError) as refusal:
        take_back(response.assignment, file=file, actor=person, at=LATER)

    assert str(refusal.value)
    assert rows() - before == Counter({"AuditEvent": 1})
    assert AuditEvent.objects.latest("pk").kind == Event.WORKBOOK_REFUSED
    assert read_limited(parent, b"") == reader
