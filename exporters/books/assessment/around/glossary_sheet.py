"""Terms, the codes that stand in place of figures, and what the looks of cells mean."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import override

from analytics.indices.words import REASONS, STATES
from exporters.book import Cell, Colour, Look, Sheet, Tone
from exporters.books.assessment.around.scene import Scene, heads
from exporters.books.assessment.around.words import GLOSSARY, TERMS


def glossary_sheet(scene: Scene) -> Sheet:
    """Three parts in both languages, one below the other."""
    language = scene.language
    words = {key: both[language] for key, both in GLOSSARY.items()}
    head = heads(words["term"], words["meaning_vi"], words["meaning_en"])
    rows: list[tuple[Cell, ...]] = [(scene.title("glossary"),), ()]
    rows += [(Cell(words["terms"], Look.SUBTITLE),), head]
    rows += [
        (
            Cell(term[language], Look.LABEL),
            Cell(f"{term['vi']}: {said['vi']}"),
            Cell(f"{term['en']}: {said['en']}"),
        )
        for term, said in TERMS
    ]
    rows += [(), (Cell(words["looks"], Look.SUBTITLE),), head]
    for key in ("input", "server", "muted"):
        said = GLOSSARY[key]
        rows.append((Cell(words["example"], tone=Tone(key)), Cell(said["vi"]), Cell(said["en"])))
    rows += [(), (Cell(words["reasons"], Look.SUBTITLE),), head]
    for code, word in _codes():
        rows.append((Cell(code, Look.LABEL), *_in_both(word)))
    return Sheet(
        name=scene.names["glossary"],
        rows=tuple(rows),
        widths=(32, 66, 66),
        landscape=True,
        tab=Colour.D6,
    )


def _codes() -> Iterator[tuple[str, Promise]]:
    for reason, word in REASONS.items():
        yield str(reason), word
    for state, word in STATES.items():
        yield str(state), word


def _in_both(word: Promise) -> Iterator[Cell]:
    for language in ("vi", "en"):
        with override(language):
            yield Cell(str(word))
