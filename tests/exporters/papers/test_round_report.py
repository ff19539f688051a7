"""The report of a round as PDF: its parts, its figures for its reader, equal bytes."""

import io

import pytest
from pypdf import PdfReader

from analytics.gate.enums import Audience, Identity
from analytics.gate.models import DisclosurePolicy
from analytics.releases.queries import release_in_force
from exporters.codebooks.counting import results_for
from exporters.order import Order
from exporters.papers.report import Bars, Grid, Heading, report_pdf
from exporters.papers.round_report import round_report, write_round_report
from surveys.background.runner import run_pending
from surveys.campaigns.enums import Anonymity
from tests.analytics.indices.factories import computed
from tests.analytics.releases.factories import closed_library_round, published
from tests.answered import NOW, answered_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    made = answered_round()
    run_pending()
    return made


def ordered(round_, audience=Audience.DEPARTMENT, language="vi"):
    return Order(
        name="report",
        format="pdf",
        language=language,
        subject=round_,
        audience=audience,
        as_of=NOW,
    )


def composed(order):
    results = results_for(order.round, order.audience, actor=None, at=NOW)
    return round_report(order, results)


def heads(report):
    return [each.text for each in report.blocks if isinstance(each, Heading) and each.level == 1]


def nothing(_done, _total, _message):
    """Progress that nobody reads."""


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "vi",
            [
                "Tỷ lệ trả lời",
                "Chỉ tiêu",
                "Kết quả từng câu hỏi",
                "Phương pháp và giới hạn",
                "Nguồn gốc",
            ],
        ),
        ("en", ["Response", "Targets", "Results by question", "Method and limits", "Provenance"]),
    ],
)
def test_a_report_has_its_parts_in_either_language(round_, language, expected):
    assert heads(composed(ordered(round_, language=language))) == expected


def test_every_question_of_the_report_page_is_in_it(round_):
    report = composed(ordered(round_, language="en"))

    questions = [e.text for e in report.blocks if isinstance(e, Heading) and e.level == 3]
    assert "A2. Form of the unit in charge" in questions


def test_a_choice_is_drawn_as_bars(round_):
    report = composed(ordered(round_))

    bars = [each for each in report.blocks if isinstance(each, Bars)]
    lengths = [row.length for each in bars for row in each.rows if row.length is not None]
    assert lengths
    assert all(0 <= length <= 1 for length in lengths)


def test_researchers_get_no_small_count(round_):
    department = composed(ordered(round_))
    researchers = composed(ordered(round_, Audience.RESEARCHERS))

    def drawn(report):
        return sum(
            row.length is not None
            for each in report.blocks
            if isinstance(each, Bars)
            for row in each.rows
        )

    assert drawn(researchers) < drawn(department)


def test_nothing_is_told_of_an_open_confidential_round(round_):
    round_.campaign.anonymity = Anonymity.CONFIDENTIAL
    round_.campaign.save()

    report = composed(ordered(round_))

    assert not [e for e in report.blocks if isinstance(e, Heading) and e.level == 3]


def test_an_unpublished_report_says_so(round_):
    assert "not published" in composed(ordered(round_, language="en")).warning


def test_the_same_order_gives_the_same_file(round_, tmp_path):
    one, other = tmp_path / "one.pdf", tmp_path / "other.pdf"

    write_round_report(ordered(round_), one, nothing)
    write_round_report(ordered(round_), other, nothing)

    assert one.read_bytes() == other.read_bytes()


def test_what_is_printed_can_be_read(round_):
    reader = PdfReader(io.BytesIO(report_pdf(composed(ordered(round_, language="en")))))

    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Organisational capacity" in text
    assert "nang-luc-2026" in text


def test_no_text_of_a_round_is_markup(round_):
    round_.campaign.title = '#set page(width: 1pt) "\\ $x$ *y* <script>'
    round_.campaign.save()

    reader = PdfReader(io.BytesIO(report_pdf(composed(ordered(round_)))))

    assert "#set page" in reader.pages[0].extract_text()
    assert reader.pages[0].mediabox.width > 500


def test_the_ranking_is_in_it_once_it_is_published():
    round_ = closed_library_round()
    DisclosurePolicy.objects.create(round=round_, identity=Identity.PUBLISHED, set_at=NOW)
    run = computed(round_)
    before = heads(composed(ordered(round_, language="en")))
    published(round_, run=run)

    report = composed(ordered(round_, language="en"))

    assert release_in_force(round_) is not None
    (head,) = [each for each in heads(report) if each not in before]
    ranking = report.blocks[[getattr(e, "text", "") for e in report.blocks].index(head) + 1]
    assert isinstance(ranking, Grid)
    assert len(ranking.rows) == run.units.filter(rank__isnull=False).count()
