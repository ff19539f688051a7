"""What organisations do that people are told of."""

from datetime import date

import pytest
from django.utils.translation import override

from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.background.runner import run_pending
from surveys.models import Notice, Substitution
from surveys.organisations.enums import MembershipRole
from tests.factories import AgencyFactory, UserFactory, member
from tests.surveys.inbox.factories import NOW

pytestmark = pytest.mark.django_db


def test_both_are_told_who_stands_in_for_whom_but_not_who_did_it():
    agency = AgencyFactory(name="Tỉnh Lào Cai")
    absent, substitute = member(agency, MembershipRole.SIGNATORY), UserFactory(full_name="Lê Bình")
    made = Substitution.objects.create(
        agency=agency,
        role=MembershipRole.SIGNATORY,
        absent=absent,
        substitute=substitute,
        from_on=date(2026, 12, 1),
        to_on=date(2026, 12, 15),
        document_number="12/QĐ",
        created_at=NOW,
    )

    record(Event.SUBSTITUTION_MADE, made, actor=absent, at=NOW)
    run_pending()

    notice = Notice.objects.get()
    assert (notice.user, notice.url) == (substitute, f"/agencies/{agency.key}/")
    with override("vi"):
        assert notice.sentence == (
            "Lê Bình làm thay Nguyễn Văn An tại Tỉnh Lào Cai từ 1/12/2026 đến 15/12/2026."
        )
