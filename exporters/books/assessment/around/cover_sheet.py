"""The cover: what this file is, where its figures come from, how it is cited, and what is on which sheet."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from exporters.book import Area, Cell, Colour, Link, Look, Scalar, Sheet
from exporters.books.assessment.around.scene import EMPTY, Scene
from exporters.books.assessment.around.words import COVER, HOLDS
from exporters.books.data_sheet import local
from surveys.engine import text_in

WIDTHS = (26, 26, 56, 56)


def cover_sheet(scene: Scene, sheets: Sequence[Sheet]) -> Sheet:
    """The facts in both languages, then the list of the sheets with links."""
    facts, name = scene.contents.facts, scene.names["cover"]
    rows: list[tuple[Cell, ...]] = [
        (Cell(scene.index_name, Look.TITLE),),
        (Cell(facts.round_title[scene.language], Look.SUBTITLE),),
        (),
        (
            Cell("", Look.HEAD),
            Cell("", Look.HEAD),
            Cell("Tiếng Việt", Look.HEAD),
            Cell("English", Look.HEAD),
        ),
    ]
    rows += list(_facts(scene))
    rows.append(())
    begin = len(rows) + 1
    rows.append((Cell(COVER["sheets"][scene.language], Look.SUBTITLE),))
    rows += list(_list(scene, sheets))
    return Sheet(
        name=name,
        rows=tuple(rows),
        widths=WIDTHS,
        lined=True,
        landscape=True,
        breaks=(begin - 1,),
        tab=Colour.ACCENT,
        merged=(Area(name, 1, 1, 1, 4), Area(name, 2, 1, 2, 4), Area(name, begin, 1, begin, 4)),
    )


def _facts(scene: Scene) -> Iterator[tuple[Cell, ...]]:
    if scene.around.is_public:
        yield _told("edition", COVER["edition_public"].__getitem__)
    yield from _of_round(scene)
    yield from _of_run(scene)
    yield _told("protection", lambda language: _protection(scene, language))
    if not scene.around.is_public:
        yield _told("hidden", lambda language: _hidden(scene, language))
    yield _told("licence", lambda language: _licence(scene, language))
    yield _told("cite", lambda language: _citation(scene, language))


def _of_round(scene: Scene) -> Iterator[tuple[Cell, ...]]:
    around = scene.around
    yield _told("campaign", around.campaign.__getitem__)
    yield _told("owner", around.owner.__getitem__)
    yield _told("period", around.period.__getitem__)
    yield _same("reference_date", around.reference_date, Look.DATE)
    yield _same("deadline", around.deadline, Look.DATE)
    yield _same("basis", around.basis)
    for form in around.forms:
        yield _told("form", form.__getitem__)
    yield _told("population", lambda language: _population(scene, language))


def _of_run(scene: Scene) -> Iterator[tuple[Cell, ...]]:
    facts = scene.contents.facts
    yield _told("index", lambda language: f"{_index(scene, language)} ({facts.index})")
    yield _same("version", facts.version, Look.INTEGER)
    yield _same("index_basis", scene.contents.definition.basis)
    yield _told("scores", COVER[f"scores_{facts.scores}"].__getitem__)
    yield _same("run", facts.number, Look.INTEGER)
    yield _same("as_of", local(facts.computed_at), Look.MOMENT)
    yield _same("tables", facts.tables_sha256)
    yield _same("definition", facts.definition_sha256)
    yield _same("configuration", facts.configuration_sha256)
    yield _same("data", facts.data_sha256)
    yield _same("code", facts.code_version)
    yield _same("seed", facts.seed)
    yield _same("draws", facts.draws, Look.INTEGER)


def _told(key: str, word: Callable[[str], str]) -> tuple[Cell, ...]:
    """A fact in words, in each language."""
    return _row(key, Cell(word("vi")), Cell(word("en")))


def _same(key: str, value: Scalar, look: Look = Look.TEXT) -> tuple[Cell, ...]:
    """A fact that is the same in both languages."""
    return _row(key, Cell(value, look), Cell(value, look))


def _row(key: str, vietnamese: Cell, english: Cell) -> tuple[Cell, ...]:
    words = COVER[key]
    return Cell(words["vi"], Look.LABEL), Cell(words["en"], Look.LABEL), vietnamese, english


def _index(scene: Scene, language: str) -> str:
    return text_in(scene.contents.facts.index_name, language)


def _population(scene: Scene, language: str) -> str:
    facts = scene.contents.facts
    asked, signed = scene.around.counted
    scored = facts.summary.get("scored", len(scene.order))
    return COVER["population_text"][language].format(
        asked=asked, signed=signed, units=facts.asked, scored=scored
    )


def _protection(scene: Scene, language: str) -> str:
    rules = scene.around.protection
    shown = COVER["shows_all" if rules.shows_all else "protects"][language]
    return f"{rules.identity[language]}. " + shown.format(
        minimum=rules.minimum, people=rules.minimum_people, p=rules.p or 0
    )


def _hidden(scene: Scene, language: str) -> str:
    log = scene.around.protection
    return COVER["hidden_text"][language].format(
        tables=log.tables, hidden=log.hidden, refused=log.refused
    )


def _licence(scene: Scene, language: str) -> str:
    published = scene.contents.facts.published
    return published.licence if published else COVER["unpublished"][language]


def _citation(scene: Scene, language: str) -> str:
    facts, around = scene.contents.facts, scene.around
    published = facts.published
    if published is None:
        return COVER["cite_run"][language].format(
            owner=around.owner[language],
            title=_index(scene, language),
            round=facts.round_title[language],
            run=facts.number,
            hash=facts.hash,
        )
    day = around.released_on or published.approved_at.date()
    return published.citation or COVER["cite_release"][language].format(
        owner=around.owner[language],
        year=day.year,
        title=around.release_title.get(language) or scene.index_name,
        number=published.number,
        day=_day(day),
    )


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _list(scene: Scene, sheets: Sequence[Sheet]) -> Iterator[tuple[Cell, ...]]:
    """Each sheet with a link and what it holds."""
    keys = {name: key for key, name in scene.names.items()}
    keys |= {name: key for key, name in scene.places.sheets.items()}
    for sheet in sheets:
        key = keys.get(sheet.name, "pillar")
        words = HOLDS.get(key, {})
        yield (
            Cell(sheet.name, Look.LINK, link=Link(sheet.name)),
            EMPTY,
            Cell(words.get("vi")),
            Cell(words.get("en")),
        )
