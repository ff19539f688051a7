"""The page: everything on it, nothing that runs, nothing that leads away."""

from html.parser import HTMLParser

import pytest

from exporters.codebooks.html import codebook_html
from tests.exporters.codebooks.hostile import HOSTILE
from tests.exporters.codebooks.made import codebook, hostile, of_two_campaigns


class Reader(HTMLParser):
    """The elements of a page with their attributes, and its texts."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(page.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)

    def attributes(self, name):
        return [attributes[name] for _tag, attributes in self.tags if name in attributes]


def shape(page):
    """The elements alone, with the names of their attributes."""
    return [(tag, sorted(attributes)) for tag, attributes in Reader(page).tags]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_variable_stands_on_the_page(language):
    texts = Reader(codebook_html(codebook(), language)).texts

    assert {"a1", "a2_model", "T1", "cuc", "KAD"} <= set(texts)


@pytest.mark.parametrize(("language", "heading"), [("vi", "Mục lục"), ("en", "Contents")])
def test_headings_are_in_the_language_that_was_asked_for(language, heading):
    page = Reader(codebook_html(codebook(), language))

    assert heading in page.texts
    assert page.tags[0] == ("html", {"lang": language})


def test_a_text_in_another_language_says_which():
    page = Reader(codebook_html(codebook(), "vi"))

    assert {tag for tag, attributes in page.tags if attributes.get("lang") == "en"} == {"span"}


def test_a_hidden_count_is_not_on_the_page():
    assert Reader(codebook_html(codebook(), "en")).texts.count("not shown") == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup(text):
    assert shape(codebook_html(hostile(text), "vi")) == shape(codebook_html(hostile("x"), "vi"))


@pytest.mark.parametrize("text", [each for each in HOSTILE if each.isprintable()])
def test_texts_come_back_as_they_were(text):
    assert text in Reader(codebook_html(hostile(text), "vi")).texts


@pytest.mark.parametrize("text", ["x", *HOSTILE])
def test_the_page_leads_to_nothing_but_itself_and_the_licence(text):
    page = Reader(codebook_html(hostile(text), "vi"))

    away = {each for each in page.attributes("href") if not each.startswith("#")}
    assert away == {"https://creativecommons.org/licenses/by/4.0/"}
    assert page.attributes("src") == []


def test_nothing_runs_on_the_page():
    page = Reader(codebook_html(codebook(), "vi"))

    assert not {"script", "iframe", "object", "form", "img"} & {tag for tag, _a in page.tags}
    assert not {name for _tag, a in page.tags for name in a if name.startswith("on")}
    assert page.attributes("style") == []


def test_every_address_within_the_page_is_there():
    page = Reader(codebook_html(codebook(), "vi"))

    places = [each[1:] for each in page.attributes("href") if each.startswith("#")]
    ids = page.attributes("id")
    assert set(places) <= set(ids)
    assert len(ids) == len(set(ids))


def test_every_table_has_heads():
    tags = [tag for tag, _attributes in Reader(codebook_html(codebook(), "vi")).tags]

    assert tags.count("thead") == tags.count("table")


def test_the_same_codebook_gives_the_same_bytes():
    assert codebook_html(codebook(), "vi") == codebook_html(codebook(), "vi")


def test_each_campaign_is_described_with_its_own_rounds():
    page = Reader(codebook_html(of_two_campaigns(), "en"))

    for told in ("nang-luc-2026", "dti-2025", "Số (en)", "Năng lực tổ chức (en)"):
        assert told in page.texts
