"""A round of 3,377 units opened: 22 central agencies, 34 provinces, 3,321 communes.

Run: .venv/bin/python benchmarks/round_creation.py
"""

from collections import Counter
from datetime import date

from django.utils import timezone
from measure import measured, prepare_django, report

prepare_django()

from django.db import connection  # noqa: E402  (after Django is set up)
from django.test.utils import CaptureQueriesContext  # noqa: E402

from surveys.campaigns import services  # noqa: E402
from surveys.campaigns.basis import LegalBasis  # noqa: E402
from surveys.campaigns.deadlines import end_of, local_day, start_of  # noqa: E402
from surveys.campaigns.targets import TargetRule  # noqa: E402
from surveys.definitions import dump  # noqa: E402
from surveys.engine import Definition, Group, Kind, Question  # noqa: E402
from surveys.models import Assignment, Questionnaire, Round  # noqa: E402
from surveys.organisations.enums import AgencyType  # noqa: E402
from surveys.organisations.queries import department  # noqa: E402
from surveys.organisations.services import load_organisations  # noqa: E402

EXPECTED = {
    AgencyType.MINISTRY: 14,
    AgencyType.MINISTERIAL_AGENCY: 3,
    AgencyType.GOVERNMENT_AGENCY: 5,
    AgencyType.PROVINCE: 34,
    AgencyType.COMMUNE: 3_321,
}
UNITS = sum(EXPECTED.values())
QUESTIONS = 19
AT = timezone.now()


def main() -> None:
    """Load the official agencies, then open one round for all of them."""
    load_organisations(at=AT)
    round_ = planned_round()

    with (
        CaptureQueriesContext(connection) as counting,
        measured(f"open a round for {UNITS:,} units", bar="5 s") as m,
    ):
        number = services.open_round(round_, actor=None, at=AT)
    m.check(number == UNITS, f"{number:,} assignments")
    types = Counter(Assignment.objects.values_list("agency__type", flat=True))
    m.check(types == EXPECTED, "of each type as many as there are")
    totals = set(Assignment.objects.values_list("total", flat=True))
    m.check(totals == {QUESTIONS}, f"{QUESTIONS} questions each")
    # SQLite takes 999 parameters a statement: some 58 assignments an insert.
    others = [
        query
        for query in counting
        if not query["sql"].startswith('INSERT INTO "surveys_assignment"')
    ]
    m.check(len(others) < 30, f"{len(counting)} queries, {len(others)} of them not inserts")
    report()


def planned_round() -> Round:
    """A planned round over a questionnaire of 19 questions."""
    owner = department()
    questions = tuple(Question(name=f"cau_{n}", kind=Kind.INTEGER) for n in range(QUESTIONS))
    definition = Definition(
        code="phieu", title={"vi": "Phiếu"}, children=(Group(name="phan_a", children=questions),)
    )
    questionnaire = Questionnaire.objects.create(code="phieu", owner=owner, created_at=AT)
    questionnaire.versions.create(
        number=1, status="published", title="Phiếu", definition=dump(definition), created_at=AT
    )
    campaign = services.create_campaign(
        code="dot",
        questionnaire=questionnaire,
        owner=owner,
        title="Góp ý về chín nền tảng",
        basis=LegalBasis(
            number="Quyết định 1690/QĐ-TTg",
            issued_on=date(2023, 12, 26),
            issuer="Thủ tướng Chính phủ",
            abstract="Phát triển mạng lưới chuyển đổi số quốc gia",
        ),
        targets=TargetRule(types=tuple(EXPECTED)),
        actor=None,
        at=AT,
    )
    today = local_day(AT)
    return services.create_round(
        campaign=campaign,
        code="ky",
        period="Năm nay",
        reference_date=today,
        opens_at=start_of(today),
        closes_at=end_of(date(today.year + 1, 1, 31)),
        actor=None,
        at=AT,
    )


if __name__ == "__main__":
    main()
