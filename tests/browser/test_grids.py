"""Tables as grids, in Chromium, against the running product: 12 rows of 20 columns."""

import json
from typing import Final

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from surveys.engine import (
    Cell,
    Choice,
    ChoiceList,
    Definition,
    Group,
    Kind,
    MissingCode,
    Question,
    Table,
    Totals,
)
from surveys.models import AnswerChange, Response
from surveys.responses.services import CellEdit
from tests.browser.filling import as_coordinator, started, stored
from tests.surveys.responses.factories import save

ROWS: Final = [f"r{n}" for n in range(1, 13)]
COLUMNS: Final = [f"c{n}" for n in range(1, 20)]
"""The twentieth column, c20, takes decimal numbers."""

CODES: Final = (MissingCode.NOT_APPLICABLE, MissingCode.NOT_YET, MissingCode.RESTRICTED)

DEFINITION: Final = Definition(
    code="bang-lon",
    title={"vi": "Bảng lớn"},
    children=(
        Group(
            name="big",
            label={"vi": "1. Bảng lớn"},
            children=(
                Table(
                    name="t",
                    label={"vi": "Nhân lực theo nhóm"},
                    row_list="rows",
                    totals=Totals.BOTH,
                    closed="row() = 'r2' and . = 'c2'",
                    columns=(
                        *(
                            Question(
                                name=name,
                                kind=Kind.INTEGER,
                                label={"vi": f"Cột {name[1:]}"},
                                missing=CODES,
                            )
                            for name in COLUMNS
                        ),
                        Question(name="c20", kind=Kind.DECIMAL, label={"vi": "Cột 20"}),
                    ),
                ),
            ),
        ),
    ),
    lists={
        "rows": ChoiceList(
            name="rows",
            choices=tuple(Choice(name=name, label={"vi": f"Nhóm {name[1:]}"}) for name in ROWS),
        )
    },
)


@pytest.fixture
def response(live_site: str) -> Response:
    return started(DEFINITION)


@pytest.fixture
def address(live_site: str, response: Response) -> str:
    return f"{live_site}/assignments/{response.assignment_id}/sections/big/"


@pytest.fixture
def grid(page: Page, response: Response, live_site: str, address: str) -> Page:
    """The page of the table in the browser of a coordinator."""
    as_coordinator(page, response, live_site).goto(address)
    return page


def cell(row: int, column: int) -> str:
    return f"#c-t--r{row}--c{column}"


def paste(page: Page, text: str) -> None:
    """Paste into what has the focus, as a spreadsheet's clipboard gives it."""
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const paste = { clipboardData: data, bubbles: true, cancelable: true };
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", paste));
        }""",
        text,
    )


def saved(page: Page) -> None:
    """Wait until nothing is under way."""
    page.wait_for_function(
        "() => Object.keys(localStorage).every(key => !key.startsWith('ks:edits'))"
    )


def focused(page: Page) -> str:
    name: str = page.evaluate("document.activeElement.id")
    return name.removeprefix("c-t--")


def table(response: Response) -> dict[str, dict[str, str]]:
    rows = stored(response).get("t", {})
    assert isinstance(rows, dict)
    return rows


def changes(response: Response) -> list[tuple[str, int]]:
    """How each save came, and how many cells it changed."""
    found = AnswerChange.objects.filter(response=response).order_by("number")
    return [(change.channel, len(change.changes)) for change in found]


# ---- Keys


@pytest.mark.parametrize(
    ("start", "keys", "end"),
    [
        ((1, 1), ["ArrowRight"], "r1--c2"),
        ((1, 1), ["ArrowDown", "ArrowDown", "ArrowLeft"], "r3--c1"),
        ((1, 2), ["ArrowDown"], "r3--c2"),
        ((2, 1), ["ArrowRight"], "r2--c3"),
        ((1, 1), ["Enter"], "r2--c1"),
        ((3, 1), ["Shift+Enter"], "r2--c1"),
        ((1, 1), ["Tab", "Tab", "Enter"], "r2--c1"),
        ((1, 3), ["Shift+Tab"], "r1--c2"),
        ((2, 1), ["Tab"], "r2--c3"),
        ((1, 20), ["Tab"], "r2--c1"),
        ((4, 7), ["Home"], "r4--c1"),
        ((4, 7), ["End"], "r4--c20"),
        ((4, 7), ["Control+Home"], "r1--c1"),
        ((4, 7), ["Control+End"], "r12--c20"),
        ((12, 1), ["Enter"], "r12--c1"),
    ],
)
def test_keys_go_from_open_cell_to_open_cell(grid, start, keys, end):
    grid.focus(cell(*start))
    grid.locator(cell(*start)).select_text()
    for key in keys:
        grid.keyboard.press(key)

    assert focused(grid) == end


def test_tab_behind_the_last_cell_leaves_the_table(grid):
    grid.focus(cell(12, 20))
    grid.keyboard.press("Tab")

    assert grid.evaluate("!document.activeElement.closest('[data-grid]')")


def test_typing_replaces_a_cell_that_was_entered_by_a_key_and_f2_goes_into_the_text(grid):
    grid.fill(cell(1, 2), "123")
    grid.focus(cell(1, 1))
    grid.keyboard.press("Tab")
    grid.keyboard.press("F2")
    grid.keyboard.press("ArrowLeft")
    grid.keyboard.type("9")
    into = grid.input_value(cell(1, 2))
    grid.keyboard.press("F2")
    grid.keyboard.type("7")

    assert (into, grid.input_value(cell(1, 2)), focused(grid)) == ("1293", "7", "r1--c2")


def test_escape_puts_back_what_stood_and_nothing_is_sent(grid, response):
    grid.fill(cell(1, 1), "5")
    grid.keyboard.press("Enter")
    grid.keyboard.press("ArrowUp")
    grid.keyboard.type("77")
    grid.keyboard.press("Escape")
    grid.keyboard.press("ArrowDown")
    saved(grid)

    assert grid.input_value(cell(1, 1)) == "5"
    assert changes(response) == [("form", 1)]


# ---- Input methods


def test_nothing_is_saved_or_left_while_an_input_method_composes(grid, response):
    grid.focus(cell(1, 1))
    session = grid.context.new_cdp_session(grid)
    session.send("Input.imeSetComposition", {"text": "12", "selectionStart": 2, "selectionEnd": 2})
    for key, code in (("Enter", 229), ("ArrowDown", 229), ("ArrowRight", 229)):
        session.send(
            "Input.dispatchKeyEvent",
            {"type": "rawKeyDown", "key": key, "windowsVirtualKeyCode": code},
        )
    grid.wait_for_timeout(300)
    during = (focused(grid), grid.input_value(cell(1, 1)), changes(response))
    session.send("Input.insertText", {"text": "123"})
    grid.keyboard.press("Enter")
    saved(grid)

    assert during == ("r1--c1", "12", [])
    assert (focused(grid), table(response)["r1"]) == ("r2--c1", {"c1": "123"})


# ---- Blocks


def test_a_block_is_one_save_and_its_totals_follow(grid, response):
    sent: list[str] = []
    grid.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    grid.focus(cell(1, 1))
    paste(grid, "\r\n".join("\t".join(str(n) for n in range(1, 21)) for _ in ROWS) + "\r\n")
    saved(grid)

    expect(grid.locator("#sum-t-grand")).to_have_text("2.518")
    saves = [said for said in sent if said.startswith("POST") and "/cells/" in said]
    assert [said.rsplit("/", 2)[1] for said in saves] == ["block"]
    assert changes(response) == [("paste", 239)]
    expect(grid.locator("[data-grid-note]")).to_contain_text("Đã dán 239 ô. Bỏ qua 1 ô")


def test_numbers_of_a_block_are_read_in_both_notations_and_echoed(grid, response):
    grid.focus(cell(1, 20))
    paste(grid, '1.234,5\n1234.5\n"1.234.567,25"\n1.234')
    saved(grid)

    column = [table(response)[row]["c20"] for row in ROWS[:4]]
    assert column == ["1234.5", "1234.5", "1234567.25", "1234"]
    assert [grid.input_value(cell(n, 20)) for n in (1, 2, 3, 4)] == [
        "1.234,5",
        "1.234,5",
        "1.234.567,25",
        "1.234",
    ]
    expect(grid.locator("[data-grid-note]")).to_contain_text("có thể đọc hai cách")


def test_blank_cells_of_a_block_clear_nothing_and_quoted_cells_are_one_cell(grid, response):
    save(response, "before", CellEdit("t/r1/c2", "8"))
    grid.reload()
    grid.focus(cell(1, 1))
    paste(grid, '"1"\t\t"hai\nba"\n')
    saved(grid)

    assert table(response)["r1"] == {"c1": "1", "c2": "8"}
    assert response.typed == {"t/r1/c3": "hai ba"}
    expect(grid.locator("#q-t-after")).to_contain_text("hai ba")


def test_what_does_not_fit_is_counted_and_said_where(grid, response):
    grid.focus(cell(12, 19))
    paste(grid, "1\t2\t3\t4\n5\t6\t7\t8")
    saved(grid)

    assert table(response) == {"r12": {"c19": "1", "c20": "2"}}
    expect(grid.locator("[data-grid-note]")).to_contain_text(
        "thừa 1 dòng phía dưới, 1 cột bên phải"
    )


def test_a_block_is_taken_back_by_ctrl_z_as_a_change_of_its_own(grid, response):
    save(response, "before", CellEdit("t/r1/c1", "8"), CellEdit("t/r1/c2", missing="KAD"))
    grid.reload()
    grid.focus(cell(1, 1))
    paste(grid, "1\t2\t3")
    saved(grid)
    grid.keyboard.press("Control+z")
    saved(grid)

    assert table(response)["r1"] == {"c1": "8"}
    assert response.remarks["t/r1/c2"]["missing"] == "KAD"
    assert changes(response)[1:] == [("paste", 3), ("undo", 3)]
    expect(grid.locator("[data-grid-undo]")).to_be_hidden()


def test_undo_leaves_what_a_colleague_has_changed_since(grid, response):
    grid.focus(cell(1, 1))
    paste(grid, "1\t2")
    saved(grid)
    save(response, "colleague", CellEdit("t/r1/c2", "9", seen=Cell("2")), at=timezone.now())
    expect(grid.locator(cell(1, 2))).to_have_value("9")

    grid.locator("[data-grid-undo]").click()
    saved(grid)

    assert table(response)["r1"] == {"c2": "9"}
    expect(grid.locator("[data-grid-note]")).to_contain_text("1 ô đã đổi sau đó")


def test_a_block_that_meets_a_colleagues_value_asks_for_that_cell_alone(grid, response):
    grid.route_web_socket("**/ws/live/**", lambda _socket: None)
    grid.reload()
    grid.focus(cell(1, 1))
    save(response, "colleague", CellEdit("t/r1/c2", "9"))
    paste(grid, "1\t2\t3")

    dialog = grid.locator("#block-conflicts")
    expect(dialog).to_contain_text("9")
    before = table(response)["r1"]
    dialog.get_by_label("Của bạn").check()
    dialog.get_by_role("button", name="Lưu lựa chọn").click()
    saved(grid)

    assert before == {"c1": "1", "c2": "9", "c3": "3"}
    assert table(response)["r1"] == {"c1": "1", "c2": "2", "c3": "3"}


def test_a_block_waits_for_the_network_outlives_the_page_and_is_stored_once(
    grid, response, address
):
    grid.context.set_offline(True)
    grid.focus(cell(1, 1))
    paste(grid, "1\t2\n3\tx\n")
    expect(grid.locator("#dock-state")).to_contain_text("3")
    held = json.loads(
        grid.evaluate("Object.entries(localStorage).find(([key]) => key.startsWith('ks:edits'))[1]")
    )
    before = changes(response)
    grid.context.set_offline(False)
    grid.reload()
    saved(grid)

    assert ([len(edit["parts"]) for edit in held], before) == ([3], [])
    assert changes(response) == [("paste", 3)]
    assert table(response) == {"r1": {"c1": "1", "c2": "2"}, "r2": {"c1": "3"}}


# ---- 0 into blanks


def test_blanks_are_filled_with_0_when_told_so_and_the_history_says_it(grid, response):
    save(response, "before", CellEdit("t/r1/c1", "8"), CellEdit("t/r1/c2", missing="KAD"))
    grid.reload()
    button = grid.locator("[data-grid-zeros]")
    expect(button).to_have_text("Điền 0 cho 237 ô trống")
    button.click()
    grid.locator("#fill-zeros").get_by_role("button", name="Điền 0").click()
    saved(grid)

    assert changes(response)[1:] == [("zeros", 237)]
    assert table(response)["r1"]["c1"] == "8"
    assert "c2" not in table(response)["r1"]
    expect(button).to_be_hidden()
    grid.focus(cell(3, 3))
    expect(grid.locator("#cell-panel")).to_contain_text("điền 0 hàng loạt")


def test_without_a_line_the_history_of_another_cell_does_not_stay(grid):
    thrown: list[object] = []
    # Playwright marks its handlers, and a method of a list takes no mark.
    grid.on("pageerror", lambda error: thrown.append(error))  # noqa: PLW0108
    grid.focus(cell(1, 1))
    expect(grid.locator("#cell-panel")).not_to_contain_text("Chọn một ô")
    expect(grid.locator("#cell-panel > *")).not_to_have_count(0)

    grid.context.set_offline(True)
    grid.focus(cell(2, 1))

    expect(grid.locator("#cell-panel > *")).to_have_count(0)
    grid.context.set_offline(False)
    assert thrown == []


# ---- Two at one table


def test_two_people_typing_in_one_table_lose_nothing(
    grid, browser: Browser, response, live_site, address
):
    other = as_coordinator(browser.new_context(locale="vi-VN").new_page(), response, live_site)
    other.goto(address)
    for turn in range(12):
        for page, column in ((grid, 1), (other, 3)):
            page.focus(cell(turn + 1, column))
            page.keyboard.type(str(100 * column + turn))
            page.keyboard.press("Enter" if turn < 11 else "Tab")
        if turn == 5:
            grid.focus(cell(1, 5))
            other.focus(cell(7, 5))
            paste(grid, "\n".join(["5\t6"] * 6))
            paste(other, "\n".join(["7\t8"] * 6))
    saved(grid)
    saved(other)

    rows = table(response)
    assert [rows[row]["c1"] for row in ROWS] == [str(100 + turn) for turn in range(12)]
    assert [rows[row]["c3"] for row in ROWS] == [str(300 + turn) for turn in range(12)]
    assert [rows[row]["c5"] for row in ROWS] == ["5"] * 6 + ["7"] * 6
    for page in (grid, other):
        expect(page.locator("#sum-t-column-c1")).to_have_text("1.266")
        expect(page.locator("#sum-t-column-c3")).to_have_text("3.666")
    other.context.close()


# ---- Why there is no figure


def test_a_code_is_given_by_keys_with_its_day_for_all_blanks_of_a_row(grid, response):
    save(response, "before", CellEdit("t/r1/c1", "8"))
    grid.reload()
    grid.focus(cell(1, 2))
    grid.keyboard.press("Alt+k")
    dialog = grid.locator("#missing-code")
    dialog.get_by_label("CCSL").check()
    dialog.get_by_role("button", name="Lưu").click()
    asked_for = dialog.get_by_label("Ngày sẽ có số liệu").evaluate(
        "field => field.matches(':invalid')"
    )
    dialog.get_by_label("Ngày sẽ có số liệu").fill("15/2/2027")
    dialog.get_by_label("Ghi cho cả 17 ô trống khác của dòng").check()
    dialog.get_by_role("button", name="Lưu").click()
    saved(grid)

    codes = [
        path for path, remark in response_remarks(response).items() if remark["missing"] == "CCSL"
    ]
    assert asked_for
    assert (len(codes), len(changes(response))) == (18, 2)
    assert response.remarks["t/r1/c19"] == {"missing": "CCSL", "expected": "2027-02-15"}
    assert table(response)["r1"] == {"c1": "8"}
    expect(grid.locator("#q-t--r1--c2")).to_contain_text("CCSL")
    assert focused(grid) == "r1--c2"


def response_remarks(response: Response) -> dict[str, dict[str, str]]:
    response.refresh_from_db()
    remarks: dict[str, dict[str, str]] = response.remarks
    return remarks


def test_a_typed_code_is_kept_as_a_code_and_delete_takes_it_away(grid, response):
    grid.fill(cell(1, 1), "hc")
    grid.keyboard.press("Enter")
    saved(grid)
    typed = dict(response_remarks(response))
    expect(grid.locator("#q-t--r1--c1")).to_have_class("cell cell--missing")
    expect(grid.locator("#q-t-after")).to_contain_text("HC: ghi lý do")

    grid.focus(cell(1, 1))
    grid.keyboard.press("Delete")
    saved(grid)

    assert typed == {"t/r1/c1": {"missing": "HC"}}
    assert response_remarks(response) == {}
    expect(grid.locator("#q-t--r1--c1")).to_have_class("cell")


def test_a_figure_takes_the_place_of_a_code(grid, response):
    save(response, "before", CellEdit("t/r1/c1", missing="KAD"))
    grid.reload()
    grid.focus(cell(1, 1))
    grid.keyboard.type("5")
    grid.keyboard.press("Enter")
    saved(grid)

    assert (table(response)["r1"], response.remarks) == ({"c1": "5"}, {})


def test_a_code_is_taken_back_to_the_figure_that_stood_there(grid, response):
    save(response, "before", CellEdit("t/r1/c1", "8"))
    grid.reload()
    grid.focus(cell(1, 1))
    grid.locator(".cell__code").click()
    grid.locator("#missing-code").get_by_role("button", name="Lưu").click()
    saved(grid)
    coded = response_remarks(response)
    grid.locator("[data-grid-undo]").click()
    saved(grid)

    assert coded == {"t/r1/c1": {"missing": "KAD"}}
    assert (table(response)["r1"], response_remarks(response)) == ({"c1": "8"}, {})
