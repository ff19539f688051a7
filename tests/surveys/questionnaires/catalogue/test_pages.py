"""The pages of the catalogue."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from surveys.models import CatalogueIndicator
from surveys.organisations.queries import department
from surveys.questionnaires.catalogue import services
from tests.factories import AgencyFactory, department_person
from tests.live import sign_in
from tests.surveys.questionnaires.catalogue.factories import TODAY, asking, listed
from tests.surveys.questionnaires.factories import NOW, imported

pytestmark = pytest.mark.django_db
ADOPT = "/questionnaires/to-chuc/versions/1/indicators/"


@pytest.fixture
def designer(client):
    """A signed-in designer's browser."""
    client.force_login(department_person("designer"))
    return client


def typed(**told: Any) -> dict[str, Any]:
    """A form as it is sent, with the owner that stands first."""
    return {
        "owner": department().pk,
        "code": "K1",
        "label_vi": "Tỷ lệ",
        "direction": "up",
        "kind": "none",
        "shown": told.get("kind", "none"),
        **told,
    }


LINEAR = {"kind": "linear", "linear-low": "0", "linear-high": "12,5", "linear-points": "10"}
CHOICES = {
    "kind": "choices",
    "choices-rows": "3",
    "choices-0-key": "co",
    "choices-0-points": "1",
    "choices-1-key": "khong",
    "choices-1-points": "0,5",
}
STEPS = {
    "kind": "steps",
    "steps-rows": "2",
    "steps-0-key": "50",
    "steps-0-points": "2",
    "steps-1-key": "10",
    "steps-1-points": "1",
}
RATIO = {
    "kind": "ratio",
    "ratio-numerator": "a",
    "ratio-denominator": "b",
    "ratio-low": "0",
    "ratio-high": "1",
    "ratio-points": "10",
}
SELECTED = {**{name.replace("choices", "selected"): each for name, each in CHOICES.items()}}
SELECTED |= {"kind": "selected", "selected-most": "1"}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, ""),
        (LINEAR, "linear(from=0, to=12.5, points=10)"),
        (CHOICES, "choices(co=1, khong=0.5)"),
        (SELECTED, "selected(co=1, khong=0.5; most=1)"),
        (STEPS, "steps(10=1, 50=2)"),
        (RATIO, "ratio(numerator=a, denominator=b, from=0, to=1, points=10)"),
        (
            {**LINEAR, "evidence-is_counted": "on", "evidence-given": "0,5"},
            "evidence(linear(from=0, to=12.5, points=10); none=0, given=0.5, verified=1)",
        ),
    ],
)
def test_an_indicator_is_entered_with_its_rule(designer, told, expected: str):
    answer = designer.post("/indicators/add/", typed(**told))

    row = CatalogueIndicator.objects.get()
    assert answer.url == f"/indicators/{row.pk}/"
    assert (row.code, row.label, row.scoring) == ("K1", {"vi": "Tỷ lệ"}, expected)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"code": "a b"}, "Mã gồm chữ, số, dấu chấm và gạch nối"),
        ({"label_vi": ""}, "bắt buộc"),
        ({**LINEAR, "linear-high": "0,0"}, "Mức không điểm và mức điểm tối đa phải khác nhau."),
        ({**LINEAR, "linear-points": "nhiều"}, "Ghi một số."),
        ({**LINEAR, "linear-points": "9" * 50}, "Ghi một số."),
        ({**CHOICES, "choices-1-points": ""}, "Ghi số điểm."),
        ({**CHOICES, "choices-1-key": ""}, "Ghi điều kiện được số điểm này."),
        ({**CHOICES, "choices-1-points": "-1"}, "Điểm là số từ 0 trở lên."),
        ({**STEPS, "steps-1-key": "50"}, "Xếp các ngưỡng tăng dần"),
        ({"kind": "choices", "choices-rows": "0"}, "Ghi phương án nào được bao nhiêu điểm"),
    ],
)
def test_what_is_wrong_is_told_in_words_and_nothing_is_saved(designer, told, words: str):
    answer = designer.post("/indicators/add/", typed(**told))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert CatalogueIndicator.objects.count() == 0


def test_a_code_that_stands_already_is_refused_at_its_field(designer):
    listed("K1")

    answer = designer.post("/indicators/add/", typed())

    assert answer.context["form"].errors["code"] == ["Danh mục đã có chỉ tiêu với mã này."]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({**LINEAR, "try-value": "5"}, "4 trên 10 điểm."),
        ({**LINEAR, "try-value": ""}, "Trống:"),
        ({**CHOICES, "try-value": "khong"}, "0,5 trên 1 điểm."),
        ({**SELECTED, "try-value": "co, khong"}, "1 trên 1 điểm."),
        ({**RATIO, "try-value": "1", "try-base": "4"}, "2,5 trên 10 điểm."),
        (
            {
                **LINEAR,
                "try-value": "12,5",
                "evidence-is_counted": "on",
                "try-evidence": "given",
                "evidence-given": "0,5",
            },
            "5 trên 10 điểm.",
        ),
    ],
)
def test_a_rule_can_be_tried_before_it_is_saved(designer, told, words: str):
    page = designer.post("/indicators/add/", typed(**told, **{"try": "1"})).content.decode()

    assert words in page
    assert CatalogueIndicator.objects.count() == 0


def test_another_kind_has_its_own_fields_and_no_errors_yet(designer):
    answer = designer.post("/indicators/add/", typed(kind="linear", shown="none", show="1"))

    page = answer.content.decode()
    assert 'name="linear-low"' in page
    assert "bắt buộc" not in page


def test_more_rows_are_given_on_request(designer):
    page = designer.post("/indicators/add/", typed(**CHOICES, more="1")).content.decode()

    assert 'name="choices-5-key"' in page
    assert 'value="khong"' in page


@pytest.mark.parametrize(
    "rule",
    [
        "choices(co=1, khong=0.5)",
        "selected(co=1; most=0.5)",
        "linear(from=30, to=0, points=10)",
        "steps(10=1, 50=2; below=0.5)",
        "ratio(numerator=a, denominator=b, from=0, to=1, points=10)",
        "evidence(choices(co=1); none=0.25, given=0.5, verified=1)",
    ],
)
def test_the_form_of_a_rule_gives_the_same_rule_back(designer, rule: str):
    row = listed("K1", scoring=rule)
    page = designer.get(f"/indicators/{row.pk}/edit/")
    editor, form = page.context["editor"], page.context["form"]
    parts = (form, editor.details, editor.evidence, *editor.rows)
    sent = {bound.html_name: bound.value() for part in parts for bound in part}
    kind = editor.kind
    sent |= {"kind": kind, "shown": kind, f"{kind}-rows": len(editor.rows), "target": "77"}

    designer.post(
        f"/indicators/{row.pk}/edit/", {k: v for k, v in sent.items() if v not in (None, False)}
    )

    row.refresh_from_db()
    assert (row.scoring, row.target) == (rule, "77")


def test_the_page_of_an_indicator_tells_its_use_and_history(designer):
    row = listed("T1")
    imported(asking(["T1", "Đề án", "Plan", "90", ""]))

    page = designer.get(f"/indicators/{row.pk}/").content.decode()

    words = ("Phiếu tổ chức", "Đã có đề án chưa?", "Thêm vào danh mục")
    assert [word for word in words if word not in page] == []


def test_the_list_is_searched(designer):
    listed("THE_FIRST")
    listed("THE_OTHER", label={"vi": "Khác"})

    page = designer.get("/indicators/?q=khac").content.decode()

    assert ("THE_OTHER" in page, "THE_FIRST" in page) == (True, False)


def test_an_indicator_is_retired_and_brought_back_from_its_page(designer):
    row = listed("T1")

    designer.post(f"/indicators/{row.pk}/retire/", {"last_day": "20/11/2026"})
    row.refresh_from_db()
    ended = row.valid_to
    designer.post(f"/indicators/{row.pk}/restore/")
    row.refresh_from_db()

    assert (ended, row.valid_to) == (TODAY, None)


def test_retiring_without_a_day_is_refused_in_words(designer):
    row = listed("T1")

    answer = designer.post(f"/indicators/{row.pk}/retire/", {"last_day": "x"}, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_the_chosen_indicators_of_a_version_are_adopted(designer):
    listed("T1")
    imported(asking(["T1", "Đề án", "Plan", "90", ""], ["T2", "Hai", "Two", "", ""]))

    page = designer.get(ADOPT).content.decode()
    designer.post(ADOPT, {"codes": ["T1"]})

    assert [word for word in ("Sửa", "Mới", "100 → 90") if word not in page] == []
    assert [(row.code, row.target) for row in CatalogueIndicator.objects.all()] == [("T1", "90")]


def test_a_stranger_finds_nothing(client):
    row = listed("T1")
    imported(asking())
    client.force_login(department_person("designer", owner=AgencyFactory()))

    statuses = [
        client.get(address).status_code
        for address in (f"/indicators/{row.pk}/", f"/indicators/{row.pk}/edit/", ADOPT)
    ]

    assert statuses == [404, 404, 404]


@pytest.mark.parametrize("role", ["verifier", "researcher"])
def test_who_only_follows_reads_but_does_not_change(client, role: str):
    row = listed("T1")
    imported(asking())
    client.force_login(department_person(role))

    statuses = [
        client.get("/indicators/").status_code,
        client.get(f"/indicators/{row.pk}/").status_code,
        client.get("/indicators/add/").status_code,
        client.get(f"/indicators/{row.pk}/edit/").status_code,
        client.post(f"/indicators/{row.pk}/retire/").status_code,
        client.get(ADOPT).status_code,
    ]

    assert statuses == [200, 200, 403, 403, 403, 403]


@pytest.mark.parametrize("width", [1440, 360])
def test_the_pages_pass_axe_and_fit(width: int, page, context, live_site):
    row = listed("T1", scoring="evidence(steps(10=1, 50=2); none=0)", valid_from=TODAY)
    services.retire_indicator(listed("T2"), last_day=TODAY, actor=None, at=NOW)
    imported(asking(["T1", "Đề án", "Plan", "90", ""]))
    sign_in(context, department_person("designer"), live_site)
    page.set_viewport_size({"width": width, "height": 900})

    pages = ("/indicators/?retired=1", f"/indicators/{row.pk}/", f"/indicators/{row.pk}/edit/")
    for address in (*pages, "/indicators/add/", ADOPT):
        page.goto(live_site + address)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
