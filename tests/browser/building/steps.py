"""The steps of the journey, in the order in which a designer takes them."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.building import feedback
from tests.browser.building.builder import Builder
from tests.browser.building.keyboard import Keyboard
from tests.browser.journey.viewing import Album


def start(page: Page, keys: Keyboard, album: Album) -> None:
    """A blank questionnaire with its titles."""
    keys.write(page.get_by_label("Tên tiếng Việt"), feedback.TITLE)
    keys.write(page.get_by_label("Tên tiếng Anh"), feedback.TITLE_EN)
    expect(page.get_by_label("Mã", exact=True)).to_have_value("y-kien-chin-nen-tang")
    album.look(page, "start")
    keys.press("Enter")
    page.wait_for_url(f"**/{feedback.CODE}/draft/**")
    page.wait_for_load_state()


def build(builder: Builder, album: Album) -> None:
    """All sections, from the first to the last."""
    about(builder)
    platforms(builder, album)
    ratings(builder, album)
    opinions(builder)
    network(builder, album)
    rearrange(builder, album)
    look_around(builder, album)
    publish(builder, album)


def about(builder: Builder) -> None:
    """Section 1, of two questions."""
    builder.section(feedback.SECTIONS[0])
    builder.ask("c", "Chọn một", "Nơi anh/chị làm việc", "d1_don_vi", "D1")
    builder.list(feedback.UNITS, other=True)
    builder.ask("c", "Chọn một", "Vai trò của anh/chị", "d1_vai_tro")
    builder.list(feedback.ROLES)


def platforms(builder: Builder, album: Album) -> None:
    """Section 2: two tables with the same rows, the second a copy of the first."""
    keys, page = builder.keys, builder.page
    builder.section(feedback.SECTIONS[1])
    builder.ask("b", "Bảng", "Anh/chị mở được nền tảng nào?", "d2_bang", "D2")
    block = feedback.block_of("Nền tảng", "Tiếp cận", feedback.PLATFORMS)
    paste_table(builder, block, rows=9)
    builder.find("d2_bang")
    keys.press("F2")
    builder.list(feedback.PLATFORMS)
    keys.press("ArrowDown")
    keys.settle()
    builder.column("Tiếp cận", "d2_tiep_can")
    builder.list(feedback.ACCESS)
    require_column(builder)
    album.look(page, "table")

    builder.find("d2_bang")
    keys.press("Control+d")
    keys.settle()
    keys.press("F2")
    keys.type("Anh/chị dùng nền tảng đó thường xuyên đến đâu?")
    builder.name("d3_bang", "D3")
    builder.back()
    keys.press("ArrowDown")
    keys.settle()
    keys.press("F2")
    keys.type("Mức thường xuyên")
    builder.name("d3_muc")
    keys.go_to(builder.props("[data-fresh-list]"))
    keys.press("ArrowDown")
    keys.settle()
    builder.list(feedback.FREQUENCY)


def paste_table(builder: Builder, block: str, *, rows: int) -> None:
    """The head and the rows of the selected table."""
    keys, page = builder.keys, builder.page
    keys.settle()
    keys.activate(page.locator("#sheet [data-sheet=paste]"))
    expect(page.locator("#sheet-paste-text")).to_be_focused()
    keys.paste(block)
    expect(page.locator("#sheet-paste-preview tbody tr")).to_have_count(rows + 1)
    keys.activate(page.locator("#sheet-paste button[value=paste]"))
    keys.settle()
    expect(page.locator("#sheet tr[data-row]")).to_have_count(rows)


def require_column(builder: Builder) -> None:
    """The tick in the table editor below."""
    box = builder.page.locator("#sheet [data-line=required] input").first
    builder.keys.settle()
    builder.keys.go_to(box)
    builder.keys.press("Space")
    builder.keys.settle()


def ratings(builder: Builder, album: Album) -> None:
    """Section 3: one table, doubled until there are nine; each is shown to those who use its platform."""
    keys = builder.keys
    builder.section(feedback.SECTIONS[2])
    first, label = next(iter(feedback.PLATFORMS.items()))
    builder.ask("b", "Bảng", label, "d4_1")
    builder.list(feedback.ASPECTS)
    keys.press("ArrowDown")
    keys.settle()
    builder.column("Mức đánh giá", "muc_1")
    builder.list(feedback.SCALE)
    require_column(builder)

    builder.find("d4_1")
    builder.condition()
    builder.compare(feedback.frequency_of(first))
    builder.tick([code for code in feedback.FREQUENCY if code != "chua"])
    album.look(builder.page, "condition")
    builder.save_condition("Hằng ngày")
    double(builder)
    for number in range(2, len(feedback.PLATFORMS) + 1):
        turn_to(builder, number)
    album.look(builder.page, "ratings")


def double(builder: Builder) -> None:
    """One, two, four, eight, nine tables; the eight are undone and done again."""
    keys = builder.keys
    count = 1
    for more, source in ((1, 1), (2, 1), (4, 1), (1, 8)):
        builder.find(f"d4_{source}")
        keys.press(*["Shift+ArrowDown"] * 2 * (more - 1))
        keys.settle()
        keys.press("Control+d")
        keys.settle()
        count += more
        expect(tables_of(builder)).to_have_count(count)
        if more == 4:
            keys.press("Control+z")
            keys.settle()
            expect(tables_of(builder)).to_have_count(4)
            keys.press("Control+Shift+z")
            keys.settle()
            expect(tables_of(builder)).to_have_count(8)


def tables_of(builder: Builder) -> Locator:
    """The tables of the ratings in the outline."""
    return builder.page.locator("#k-root .tree__row[data-name^='d4_']")


def turn_to(builder: Builder, number: int) -> None:
    """A copy asks about another platform."""
    keys, platform = builder.keys, f"n{number}"
    builder.find(f"d4_{number}")
    keys.press("F2")
    keys.type(feedback.PLATFORMS[platform])
    builder.back()
    builder.express(feedback.is_used(platform))


def opinions(builder: Builder) -> None:
    """Section 3 goes on; its questions stand behind the last table."""
    keys = builder.keys
    builder.find("d4_9")
    builder.ask(
        "s", "Số trong khoảng", "Anh/chị giới thiệu các nền tảng cho đồng nghiệp?", "d9_nps", "D9"
    )
    expect(builder.props("[data-field='parameters.end']")).to_have_value("10")
    builder.back()
    builder.ask("c", "Chọn nhiều", "Khó khăn chính khi dùng", "d10_kho_khan", "D10")
    builder.list(feedback.PROBLEMS, other=True)
    builder.fold_out("checks")
    builder.back()
    builder.ask("a", "Ảnh", "Ảnh chụp màn hình", "d10_anh")
    builder.back()
    builder.condition()
    builder.compare("kho khan", downs=0)
    builder.tick(["cham", "kho_dung"])
    builder.compare("d9")
    keys.press(*["ArrowDown"] * 5)
    builder.value("6")
    builder.join_any()
    builder.save_condition("hoặc")


def network(builder: Builder, album: Album) -> None:
    """Section 4."""
    builder.section(feedback.SECTIONS[3])
    builder.ask("c", "Chọn nhiều", "Anh/chị đã tham gia hoạt động nào?", "d20_hoat_dong", "D20")
    builder.list({**feedback.ACTIVITIES, feedback.NONE: feedback.NO_ACTIVITY})
    builder.ask("b", "Bảng", "Hoạt động có ích đến đâu?", "d21_bang", "D21")
    builder.list(feedback.ACTIVITIES)
    builder.keys.press("ArrowDown")
    builder.keys.settle()
    builder.column("Mức có ích", "d21_muc")
    builder.list(feedback.USEFUL)
    builder.find("d21_bang")
    builder.condition()
    builder.compare("d20")
    builder.tick(list(feedback.ACTIVITIES))
    builder.save_condition("Giao ban")
    builder.ask("c", "Chọn nhiều", "Chủ đề anh/chị muốn trao đổi", "d22_chu_de", "D22")
    builder.list(feedback.TOPICS, other=True)
    builder.at_most("count-selected(.) <= 3", "Chọn nhiều nhất ba chủ đề.")
    builder.ask("c", "Chọn một", "Bị yêu cầu cung cấp lại số liệu bao nhiêu lần?", "d23_lan", "D23")
    builder.list(feedback.TIMES)
    builder.ask("c", "Chọn nhiều", "Yêu cầu trùng lặp đến từ đâu?", "d23_tu_dau")
    builder.list(feedback.ASKERS)
    builder.condition()
    builder.compare("d23", downs=1)
    builder.tick(["khong"])
    builder.save_condition("Không lần nào")
    album.look(builder.page, "network")


def rearrange(builder: Builder, album: Album) -> None:
    """Two questions that belong to section 3 go there together; what must be answered is marked at once."""
    keys, page = builder.keys, builder.page
    builder.ask("v", "Văn bản", "Mô tả ngắn khó khăn đáng sửa nhất", "d10_mo_ta")
    builder.back()
    builder.ask("v", "Văn bản", "Vì sao anh/chị chấm như vậy?", "d9_vi_sao")
    builder.back()
    builder.ask("v", "Văn bản", "Một việc nên làm ngay", "d24_de_nghi", "D24")
    builder.back()
    builder.find("d10_mo_ta")
    keys.press("Shift+ArrowDown")
    keys.settle()
    bulk = page.locator("#bulk [data-bulk-section]")
    expect(bulk).to_be_visible()
    keys.go_to(bulk)
    keys.press(*["ArrowDown"] * 3, "Enter")
    keys.settle()
    expect(rows_of(builder, "Đánh giá")).to_have_count(13 + 1)

    builder.find("d9_nps")
    keys.press("Shift+ArrowDown")
    keys.settle()
    keys.activate(page.locator("#bulk [data-do=require]"))
    keys.settle()
    for name in ("d1_don_vi", "d20_hoat_dong", "d23_lan"):
        builder.find(name)
        builder.require()


def look_around(builder: Builder, album: Album) -> None:
    """The pages of rules, preview and check; what is filled in at random is checked."""
    keys, page = builder.keys, builder.page
    go_to_page(builder, "Quy tắc")
    expect(page.locator("#main")).to_contain_text("Chủ đề anh/chị muốn trao đổi")
    album.look(page, "rules")

    go_to_page(builder, "Xem trước")
    keys.activate(page.get_by_role("button", name="Điền ngẫu nhiên"))
    page.wait_for_load_state()
    expect(page.locator("#preview-path")).to_contain_text("Về anh/chị")
    album.look(page, "preview")

    go_to_page(builder, "Kiểm tra")
    expect(page.locator("#check")).to_be_visible()
    album.look(page, "check")
    expect(page.locator("#found-error")).to_have_count(0)


def publish(builder: Builder, album: Album) -> None:
    """With a note."""
    keys, page = builder.keys, builder.page
    keys.activate(page.locator("#builder-state a[href$='/draft/publish/']"))
    page.wait_for_url("**/publish/")
    keys.write(page.get_by_label("Ghi chú phiên bản"), feedback.NOTE)
    album.look(page, "publish")
    keys.activate(page.locator("button[form=publish-form]"))
    page.wait_for_url("**/published/")
    album.look(page, "published")


def go_to_page(builder: Builder, name: str) -> None:
    """Another page of the builder by its tab."""
    builder.keys.activate(builder.page.get_by_role("link", name=name))
    builder.page.wait_for_load_state()
    expect(builder.page.get_by_role("link", name=name)).to_have_attribute("aria-current", "page")


def rows_of(builder: Builder, section: str) -> Locator:
    """What stands at the top of a section in the outline."""
    item = builder.page.locator("#k-root > [role=treeitem]").filter(has_text=section)
    return item.locator(":scope > ul > [role=treeitem]")
