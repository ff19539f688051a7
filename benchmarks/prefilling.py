"""Ten answers of 3,377 units filled in from one table, and the 500 drafts that are there already.

Run: .venv/bin/python benchmarks/prefilling.py
"""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from measure import measured, report
from round_creation import AT, UNITS, planned_round

from surveys.campaigns import services
from surveys.models import Assignment, PrefillValue, User
from surveys.organisations.services import load_organisations
from surveys.responses.prefilling.services import (
    apply_prefill,
    fill_drafts,
    keep_prefill,
    store_values,
)
from surveys.responses.services import start
from surveys.xlsform.workbook import Sheet
from surveys.xlsform.writing.package import pack

COLUMNS = 10
DRAFTS = 500


def main() -> None:
    """Open a round for all, begin some drafts, then send, apply and fill in."""
    load_organisations(at=AT)
    round_ = planned_round()
    services.open_round(round_, actor=None, at=AT)
    round_.refresh_from_db()
    asked = list(Assignment.objects.filter(round=round_).select_related("agency").order_by("pk"))
    for assignment in asked[:DRAFTS]:
        start(assignment, actor=None, at=AT)
    actor = User.objects.create_user(email="a@b.vn", full_name="A", password=None)
    names = [f"cau_{n}" for n in range(COLUMNS)]
    rows = [[each.agency.key, *(str(n) for n in range(COLUMNS))] for each in asked]
    data = pack([Sheet("a", [["ma", *names], *rows])])

    with CaptureQueriesContext(connection) as counting, measured("read and judge", bar="5 s") as m:
        upload = keep_prefill(round_, data=data, filename="a.xlsx", actor=actor, at=AT)
    m.check(len(upload.lines) == UNITS * COLUMNS, f"{len(upload.lines):,} cells")
    m.check(len(counting) <= 30, f"{len(counting)} queries")

    with (
        CaptureQueriesContext(connection) as counting,
        measured("apply and store", bar="10 s") as m,
    ):
        upload = apply_prefill(upload, actor=actor, at=AT)
        store_values(upload)
    m.check(PrefillValue.objects.count() == UNITS * COLUMNS, f"{UNITS * COLUMNS:,} values")
    # SQLite takes 999 parameters a statement: some 140 values an insert.
    inserts = 'INSERT INTO "surveys_prefillvalue"'
    others = [each for each in counting if not each["sql"].startswith(inserts)]
    m.check(
        len(others) <= 80, f"{len(others)} queries beside {len(counting) - len(others)} inserts"
    )

    with measured(f"fill in {DRAFTS} drafts", bar="30 s") as m:
        filled = fill_drafts(upload, actor=actor, clock=lambda: AT, progress=lambda *_: None)
    m.check(filled.answers == DRAFTS * COLUMNS, f"{filled.answers:,} answers")
    report()


if __name__ == "__main__":
    main()
