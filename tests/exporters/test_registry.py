"""Every exporter of the registry: equal orders over equal data give equal bytes, whatever the clock says.

A new exporter is covered as soon as it has its line; one of a new kind of subject needs a line in
``SUBJECTS``.
"""

from datetime import timedelta

import pytest
import time_machine
from django.utils.module_loading import import_string

from analytics.explorer.queries import basis_of, scope_of
from analytics.explorer.services import ask
from analytics.gate.enums import Identity
from analytics.gate.models import DisclosurePolicy
from analytics.gate.queries import audience_of
from exporters.files import FORMATS
from exporters.models import DataRequest
from exporters.order import Order, Subject
from exporters.orders.states import as_of
from exporters.portal import services
from exporters.portal.services import Need
from exporters.portal.tabling.wanted import Wanted, asking_of
from exporters.portal.terms import current
from exporters.portal.variables import requestable
from exporters.registry import EXPORTERS
from surveys.background.runner import run_pending
from surveys.common.permissions import Permission
from tests.analytics.indices.factories import computed
from tests.analytics.releases.factories import AT, closed_library_round, published
from tests.answered import NOW
from tests.factories import department_person

pytestmark = pytest.mark.django_db

TYPES = ("ministry", "province", "province", "province")
YEARS_LATER = timedelta(days=1000, hours=5, minutes=7, seconds=11)


def run_over_round():
    return computed(closed_library_round(responses=3, types=TYPES), draws=20)


def publication():
    run = run_over_round()
    DisclosurePolicy.objects.create(round=run.round, identity=Identity.PUBLISHED, set_at=NOW)
    return published(run.round, run=run)


SUBJECTS = {
    Subject.ROUND: lambda: closed_library_round(responses=3, types=TYPES),
    Subject.RUN: run_over_round,
    Subject.RELEASE: publication,
}


def table_of(release, person):
    """A table that the person has made of what was published, and seen."""
    scope = scope_of(release.round)
    question = next(code for code in scope.dimensions if code.startswith("question."))
    wanted = Wanted(rows=("type",), cols=question)
    basis = basis_of(release.round, audience_of(person, release.round))
    ask(release.round, asking_of(wanted, scope), basis, actor=person, at=AT)
    run_pending()
    return {"table": wanted.as_json()}


def approved(release, person):
    """Nothing is chosen: what is written is what somebody else has approved."""
    if DataRequest.objects.filter(asked_by=person).exists():
        return {}
    names = [name for name, _label in requestable(release.round) if not name.startswith("@")]
    need = Need(
        institution="Viện Nghiên cứu",
        purpose="So sánh năng lực",
        safeguards="Máy không nối mạng",
        variables=tuple(names[:3]),
        until=AT.date() + timedelta(days=30),
    )
    services.accept_terms(version=current().version, actor=person, at=AT)
    request = services.ask_for_microdata(release, need, actor=person, at=AT)
    administrator = department_person("administrator", owner=release.round.campaign.owner)
    services.approve_request(request, actor=administrator, at=AT)
    return {}


OPTIONS = {
    "profile": lambda run, _person: {"unit": run.units.first().key},
    "table": table_of,
    "microdata": approved,
}
"""What has to be chosen beside the subject."""


LATER = {"microdata": timedelta(hours=5, minutes=7, seconds=11)}
"""Where something runs out meanwhile."""


def written(exporter, file_format, subject, out, person, at):
    """The bytes of the file, as a worker whose clock says ``at`` writes it."""
    round_ = getattr(subject, "round", subject)
    options = OPTIONS[exporter.name](subject, person) if exporter.name in OPTIONS else {}
    with time_machine.travel(at, tick=False):
        order = Order(
            name=exporter.name,
            format=file_format,
            language="vi",
            subject=subject,
            audience=audience_of(person, round_),
            as_of=as_of(subject),
            options=options,
            actor=person,
        )
        import_string(exporter.writer)(order, out, lambda _done, _total, _message="": None)
    return out.read_bytes()


@pytest.mark.parametrize("kind", Subject)
def test_equal_orders_over_equal_data_give_equal_bytes(kind, tmp_path, settings):
    """The data are made once for all exporters of a kind, which is what takes long."""
    settings.MEDIA_ROOT = tmp_path
    wanted = [each for each in EXPORTERS if each.subject is kind]
    if not wanted:
        pytest.skip("no exporter of this kind")
    subject = SUBJECTS[kind]()
    round_ = getattr(subject, "round", subject)
    person = department_person("designer", owner=round_.campaign.owner)
    differing = [
        (exporter.name, file_format)
        for exporter in wanted
        for file_format in exporter.formats
        if written(exporter, file_format, subject, tmp_path / "one", person, AT)
        != written(
            exporter,
            file_format,
            subject,
            tmp_path / "other",
            person,
            AT + LATER.get(exporter.name, YEARS_LATER),
        )
    ]

    assert differing == []


def test_every_kind_of_subject_has_data_here():
    assert set(SUBJECTS) == set(Subject)


def test_names_and_formats_are_told_apart():
    names = [(each.name, file_format) for each in EXPORTERS for file_format in each.formats]

    assert len(set(names)) == len(names)


def test_every_format_is_known():
    assert {each for exporter in EXPORTERS for each in exporter.formats} <= set(FORMATS)


def test_no_file_is_for_everybody():
    weak = {Permission.PUBLIC, Permission.SIGNED_IN}

    assert [each.name for each in EXPORTERS if each.permission in weak] == []
