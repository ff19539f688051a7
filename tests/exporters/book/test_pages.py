"""The paper of a sheet by how wide its columns are."""

from exporters.book import Area, Page, Paper, Sheet, page_of


def test_narrow_columns_go_on_the_paper_that_is_asked_for():
    assert page_of(Sheet(name="a", rows=()), [40, 40]) == Page(Paper.A4, landscape=False)


def test_wider_columns_go_across_and_then_on_larger_paper():
    sheet = Sheet(name="a", rows=())

    assert page_of(sheet, [20] * 10) == Page(Paper.A4, landscape=True)
    assert page_of(sheet, [20] * 14) == Page(Paper.A3, landscape=True)


def test_a_fitted_sheet_is_one_page_wide_and_another_runs_over_several():
    assert page_of(Sheet(name="a", rows=()), [20] * 60).across == 1
    assert page_of(Sheet(name="a", rows=(), fitted=False), [20] * 60).across == 3


def test_only_what_is_printed_is_measured():
    sheet = Sheet(name="a", rows=(), printed=Area("a", 1, 1, 9, 2))

    assert page_of(sheet, [40, 40, 300]) == Page(Paper.A4, landscape=False)


def test_a_sheet_with_breaks_is_scaled_by_hand():
    page = page_of(Sheet(name="a", rows=(), breaks=(9,)), [8])

    assert page == Page(Paper.A4, landscape=False, scale=84)


def test_a_sheet_of_one_page_keeps_the_paper_that_it_asks_for():
    assert page_of(Sheet(name="a", rows=(), one_page=True), [300]) == Page(
        Paper.A4, landscape=False
    )
