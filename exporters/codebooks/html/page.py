"""The page: the study, its rounds and versions, its tables, and every variable."""

from collections.abc import Iterator, Sequence

from exporters.codebooks.figures import NOTHING, shown_share
from exporters.codebooks.html.look import CSS
from exporters.codebooks.html.tags import Content, Html, rendered, tag
from exporters.codebooks.html.texts import in_both, in_language
from exporters.codebooks.html.variables import variable_article
from exporters.codebooks.model import Codebook, DataFile, Study, Wave
from exporters.codebooks.words import shown_day, word
from surveys.engine.model import Texts, text_in


def codebook_html(codebook: Codebook, language: str) -> bytes:
    """The page in UTF-8, its headings in one language, its texts in each that they have; the same
    codebook gives the same bytes. It loads nothing and leads nowhere but within itself and to the text
    of the licence."""
    title = word("codebook_of", language, title=codebook.title)
    head = (
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        Html(f"<style>{CSS}</style>"),
    )
    body = (
        tag("a", word("variables", language), href="#variables", class_="skip"),
        tag("header", *_heading(codebook, language)),
        tag("nav", *_contents(codebook, language), aria_label=word("contents", language)),
        tag("main", *_parts(codebook, language)),
    )
    page = tag("html", tag("head", *head), tag("body", *body), lang=language)
    return f"<!DOCTYPE html>\n{rendered(page)}\n".encode()


def _heading(codebook: Codebook, language: str) -> Iterator[Content]:
    yield tag("h1", word("codebook_of", language, title=codebook.title))
    for producer in codebook.producers:
        yield tag("p", text_in(producer, language), class_="quiet")
    for study in codebook.studies:
        yield tag("p", in_both(study.citation, language))


def _contents(codebook: Codebook, language: str) -> Iterator[Content]:
    links = [("study", word("study", language)), ("waves", word("waves", language))]
    links += [("versions", word("versions", language)), ("files", word("files", language))]
    links += [
        (f"file-{place}", text_in(file.title, language))
        for place, file in enumerate(codebook.files, start=1)
    ]
    yield tag("h2", word("contents", language))
    yield tag("ul", [tag("li", tag("a", text, href=f"#{place}")) for place, text in links])


def _parts(codebook: Codebook, language: str) -> Iterator[Content]:
    yield tag("h2", word("study", language), id="study")
    for study in codebook.studies:
        yield from _named(study, codebook, language)
        yield tag("dl", _facts(study, codebook, language))
    yield tag("h2", word("waves", language), id="waves")
    for study in codebook.studies:
        yield from _named(study, codebook, language)
        yield _waves(study, language)
        yield from (_rates(wave, language) for wave in study.waves if wave.rates)
    yield tag("h2", word("versions", language), id="versions")
    for study in codebook.studies:
        yield from _named(study, codebook, language)
        yield _versions(study, language)
    yield tag("h2", word("files", language), id="files")
    yield _files(codebook, language)
    yield tag("div", id="variables")
    for place, file in enumerate(codebook.files, start=1):
        yield from _variables(file, place, language)


def _named(study: Study, codebook: Codebook, language: str) -> Iterator[Content]:
    """Which study it is, where there are several."""
    if codebook.others:
        yield tag("h3", text_in(study.title, language))


def _facts(study: Study, codebook: Codebook, language: str) -> Iterator[Content]:
    yield from _fact("identifier", tag("code", study.identifier), language)
    for key, texts in (
        ("title", study.title),
        ("abstract", study.abstract),
        ("producer", study.producer),
    ):
        yield from _fact(key, in_both(texts, language), language)
    basis = ": ".join(filter(None, (study.basis.cited, study.basis.abstract)))
    yield from _fact("basis", in_language(basis, "vi", language), language)
    for key, texts in (
        ("universe", study.universe),
        ("coverage", study.sampling),
        ("mode", study.mode),
        ("frequency", study.frequency_words),
        ("protection", study.protection),
    ):
        yield from _fact(key, in_both(texts, language), language)
    if study.left_out:
        yield from _fact("left_out", str(study.left_out), language)
    yield from _fact("licence", _licence(study, language), language)
    if study.published_on is not None:
        yield from _fact("edition", str(study.edition), language)
        yield from _fact("published_on", shown_day(study.published_on), language)
    yield from _fact("as_of", shown_day(codebook.as_of.date()), language)


def _fact(key: str, content: Content, language: str) -> Iterator[Content]:
    if shown := rendered(content):
        yield tag("dt", word(key, language))
        yield tag("dd", Html(shown))


def _licence(study: Study, language: str) -> Content:
    if study.licence is None:
        return word("no_licence", language)
    name = in_both(study.licence.name, language)
    address = study.licence.address
    # The product's own addresses; a text of somebody's never becomes a link.
    link = (
        tag("a", address, href=address, rel="license") if address.startswith("https://") else None
    )
    return [name, link, tag("p", study.licence.text) if study.licence.text else None]


def _waves(study: Study, language: str) -> Html:
    keys = ("period", "reference_date", "opened_on", "closed_on", "asked", "signed")
    rows = [
        (
            text_in(wave.period, language),
            *(shown_day(day) for day in (wave.reference_date, wave.opened_on, wave.closed_on)),
            str(wave.asked),
            str(wave.signed),
        )
        for wave in study.waves
    ]
    return table("", [word(key, language) for key in keys], rows, figures=(4, 5))


def _rates(wave: Wave, language: str) -> Html:
    title = f"{word('rates', language)}, {text_in(wave.period, language)}"
    heads = [word(key, language) for key in ("rate", "formula", "numbers")]
    rows = [
        (each.name, each.formula, each.numbers, shown_share(each.value, language))
        for each in wave.rates
    ]
    return table(title, [*heads, "%"], rows, figures=(3,))


def _versions(study: Study, language: str) -> Html:
    heads = [
        word(key, language) for key in ("questionnaire", "version", "title", "published_on", "note")
    ]
    rows = [
        (
            each.questionnaire,
            str(each.number),
            text_in(each.title, language),
            shown_day(each.published_on) if each.published_on else NOTHING,
            each.note,
        )
        for each in study.versions
    ]
    return table("", heads, rows)


def _files(codebook: Codebook, language: str) -> Html:
    heads = [word(key, language) for key in ("file", "title", "cases", "columns")]
    rows = [
        (
            file.name,
            text_in(file.title, language),
            NOTHING if file.cases is None else str(file.cases),
            str(len(file.variables)),
        )
        for file in codebook.files
    ]
    return table("", heads, rows, figures=(2, 3))


def _variables(file: DataFile, place: int, language: str) -> Iterator[Content]:
    title: Texts = file.title
    yield tag("h2", text_in(title, language), id=f"file-{place}")
    section: Texts = {}
    for number, variable in enumerate(file.variables, start=1):
        if variable.section and variable.section != section:
            yield tag("h3", in_both(variable.section, language))
            section = variable.section
        yield variable_article(variable, f"v{place}-{number}", language)


def table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], figures: Sequence[int] = ()
) -> Html:
    """A table with real heads; the columns ``figures`` stand to the right."""
    head = tag("thead", tag("tr", [tag("th", each, scope="col") for each in heads]))
    body = tag(
        "tbody",
        [
            tag(
                "tr",
                [
                    tag("td", cell, class_="figure" if place in figures else "")
                    for place, cell in enumerate(row)
                ],
            )
            for row in rows
        ],
    )
    title = tag("caption", caption) if caption else None
    return tag("div", tag("table", title, head, body), class_="scroll", tabindex="0")
