"""The sheet of a codebook that says what the data are of."""

from collections.abc import Iterator, Sequence
from datetime import date

from exporters.book import Cell, Look, Sheet
from exporters.codebooks.model import Codebook, Study
from exporters.codebooks.words import word
from surveys.engine.model import text_in

Row = tuple[Cell, ...]


def study_sheet(codebook: Codebook, language: str) -> Sheet:
    """What the data are of: each study with its rounds, response rates and versions."""
    rows: list[Row] = [
        (Cell(word("codebook_of", language, title=codebook.title), Look.TITLE),),
        (Cell(word("product", language), Look.NOTE),),
        (),
        *(row for each in codebook.studies for row in _described(each, codebook, language)),
    ]
    if not codebook.has_counts:
        rows[2:2] = [(Cell(word("not_counted", language), Look.NOTE),)]
    return Sheet(name=word("study", language), rows=tuple(rows), widths=(30, 44, 18, 18, 14, 14))


def _described(study: Study, codebook: Codebook, language: str) -> Iterator[Row]:
    """A study with its rounds and versions, a blank line behind; named where there are several."""
    if codebook.others:
        yield (Cell(text_in(study.title, language), Look.SUBTITLE),)
    yield from _facts(study, codebook.as_of.date(), language)
    yield ()
    yield from _waves(study, language)
    yield ()
    yield from _rates(study, language)
    yield ()
    yield from _versions(study, language)
    yield ()


def _facts(study: Study, as_of: date, language: str) -> Iterator[Row]:
    basis = ": ".join(filter(None, (study.basis.cited, study.basis.abstract)))
    licence = study.licence
    terms: tuple[str, ...] = (word("no_licence", language),)
    if licence is not None:
        terms = (text_in(licence.name, language), licence.address, licence.text)
    facts: tuple[tuple[str, str | int | date | None], ...] = (
        ("identifier", study.identifier),
        ("abstract", text_in(study.abstract, language)),
        ("producer", text_in(study.producer, language)),
        ("basis", basis),
        ("universe", text_in(study.universe, language)),
        ("coverage", text_in(study.sampling, language)),
        ("mode", text_in(study.mode, language)),
        ("frequency", text_in(study.frequency_words, language)),
        ("protection", text_in(study.protection, language)),
        ("left_out", study.left_out),
        ("licence", "\n".join(filter(None, terms))),
        ("edition", study.edition or None),
        ("published_on", study.published_on),
        ("citation", text_in(study.citation, language)),
        ("as_of", as_of),
    )
    for key, value in facts:
        if value is not None and value != "":
            yield Cell(word(key, language), Look.LABEL), Cell(value, _look(value))


def _look(value: object) -> Look:
    if isinstance(value, date):
        return Look.DATE
    return Look.INTEGER if isinstance(value, int) else Look.TEXT


def _waves(study: Study, language: str) -> Iterator[Row]:
    keys = ("period", "reference_date", "opened_on", "closed_on", "asked", "signed")
    yield head_of(keys, language)
    for wave in study.waves:
        yield (
            Cell(text_in(wave.period, language)),
            *(
                Cell(day, Look.DATE)
                for day in (wave.reference_date, wave.opened_on, wave.closed_on)
            ),
            Cell(wave.asked, Look.INTEGER),
            Cell(wave.signed, Look.INTEGER),
        )


def _rates(study: Study, language: str) -> Iterator[Row]:
    yield (*head_of(("rates", "formula", "numbers", "period"), language), Cell("%", Look.HEAD))
    for wave in study.waves:
        for each in wave.rates:
            yield (
                Cell(each.name),
                Cell(each.formula),
                Cell(each.numbers),
                Cell(text_in(wave.period, language)),
                Cell(None if each.value is None else 100 * each.value, Look.PERCENT),
            )


def _versions(study: Study, language: str) -> Iterator[Row]:
    yield head_of(("questionnaire", "title", "version", "published_on", "note"), language)
    for each in study.versions:
        yield (
            Cell(each.questionnaire),
            Cell(text_in(each.title, language)),
            Cell(each.number, Look.INTEGER),
            Cell(each.published_on, Look.DATE),
            Cell(each.note),
        )


def head_of(keys: Sequence[str], language: str) -> Row:
    """The line of headings that these keys stand for."""
    return tuple(Cell(word(key, language), Look.HEAD) for key in keys)
