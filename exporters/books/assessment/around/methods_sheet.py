"""How the index is made: its tree, its rules in words and its levels, in both languages."""

from collections.abc import Callable, Iterator
from typing import Final

from django.utils.translation import override

from analytics.definitions.model import Leaf, NodeDefinition
from analytics.indices.words import (
    AGGREGATIONS,
    IMPUTATIONS,
    NORMALISATIONS,
    NOT_APPLICABLE,
    SCREENINGS,
    TREATMENTS,
    WEIGHTINGS,
)
from exporters.book import Area, Cell, Colour, Look, Sheet, Tone
from exporters.books.assessment.around.scene import EMPTY, Scene, heads
from exporters.books.assessment.around.words import METHODS
from surveys.engine import text_in

WIDTHS: Final = (24, 58, 58, 34, 12, 14)


def methods_sheet(scene: Scene) -> Sheet:
    """Three parts, one below the other."""
    name = scene.names["methods"]
    words = {key: both[scene.language] for key, both in METHODS.items()}
    rows: list[tuple[Cell, ...]] = [(scene.title("methods"),), ()]
    rows.append((Cell(words["rules"], Look.SUBTITLE),))
    rows.append(heads(words["rule"], words["vi"], words["en"]))
    rows += list(_rules(scene))
    rows += [(), (Cell(words["tree"], Look.SUBTITLE),)]
    keys = ("aggregated", "weight", "effective")
    rows.append(heads(words["node"], words["vi"], words["en"], *(words[key] for key in keys)))
    with override(scene.language):
        rows += list(_tree(scene))
    if scene.contents.definition.levels:
        rows += [(), (Cell(words["levels"], Look.SUBTITLE),)]
        rows.append(
            heads(
                words["node"],
                words["vi"],
                words["en"],
                words["gates"],
                words["start"],
                words["level"],
            )
        )
        rows += list(_levels(scene))
    return Sheet(
        name=name,
        rows=tuple(rows),
        widths=WIDTHS,
        landscape=True,
        tab=Colour.D6,
        merged=(Area(name, 1, 1, 1, 3),),
    )


def _rules(scene: Scene) -> Iterator[tuple[Cell, ...]]:
    definition = scene.contents.definition
    missing, uncertain = definition.missing, definition.uncertainty
    if definition.description:
        yield _told(
            scene, "description", lambda language: text_in(definition.description, language)
        )
    low, high = definition.scale
    yield _told(scene, "scale", lambda _language: f"{low:g} - {high:g}")
    yield _told(scene, "missing", lambda _: str(IMPUTATIONS[missing.imputation.method]))
    yield _told(scene, "not_applicable", lambda _: str(NOT_APPLICABLE[missing.not_applicable]))
    yield _told(scene, "screening", lambda _: str(SCREENINGS[definition.screening.by]))
    yield _told(scene, "treatment", lambda _: str(TREATMENTS[definition.treatment.method]))
    yield _told(scene, "normalisation", lambda _: _normalisations(scene))
    yield _told(scene, "weighting", lambda _: str(WEIGHTINGS[definition.weighting.method]))
    yield _told(scene, "ranking", METHODS["ranking_text"].__getitem__)
    facts = scene.contents.facts
    yield _told(
        scene,
        "uncertainty",
        lambda language: METHODS["uncertainty_text"][language].format(
            runs=facts.draws, seed=facts.seed, share=f"{uncertain.weights * 100:g}"
        ),
    )
    yield _told(scene, "formulas", METHODS["formulas_text"].__getitem__)
    yield _told(scene, "numbers", METHODS["numbers_text"].__getitem__)


def _told(scene: Scene, key: str, word: Callable[[str], str]) -> tuple[Cell, ...]:
    """A rule in both languages; the codes of methods are gettext messages."""
    cells = []
    for language in ("vi", "en"):
        with override(language):
            cells.append(Cell(word(language)))
    return Cell(METHODS[key][scene.language], Look.LABEL), *cells


def _normalisations(scene: Scene) -> str:
    """Every method in use, the one for all first."""
    definition = scene.contents.definition
    own = [each.normalisation for each in definition.indicators]
    used = [definition.normalisation.method] if None in own else []
    used += [each.method for each in own if each is not None]
    return "; ".join(str(NORMALISATIONS[method]) for method in dict.fromkeys(used))


def _tree(scene: Scene) -> Iterator[tuple[Cell, ...]]:
    definition = scene.contents.definition
    for root in (definition.tree, *definition.support):
        yield from _node(scene, root, 0, "")


def _node(
    scene: Scene, child: NodeDefinition | Leaf, depth: int, above: str
) -> Iterator[tuple[Cell, ...]]:
    weighed = next(
        (row for row in scene.contents.weights if (row.node, row.child) == (above, child.code)),
        None,
    )
    node = child if isinstance(child, NodeDefinition) else None
    used = scene.contents.used_weight(weighed) if weighed else None
    yield (
        Cell(child.code, Look.LABEL if node else Look.TEXT, indent=depth),
        Cell(_named(scene, child, "vi"), indent=depth),
        Cell(_named(scene, child, "en"), indent=depth),
        Cell(str(AGGREGATIONS[node.aggregation.method])) if node else EMPTY,
        Cell(used, Look.DECIMAL, 3, Tone.SERVER) if used is not None else EMPTY,
        Cell(weighed.effective, Look.SHARE, tone=Tone.SERVER)
        if weighed and weighed.effective is not None
        else EMPTY,
    )
    for below in node.children if node else ():
        yield from _node(scene, below, depth + 1, child.code)


def _named(scene: Scene, child: NodeDefinition | Leaf, language: str) -> str:
    return scene.contents.name_of(child.code, language)


def _levels(scene: Scene) -> Iterator[tuple[Cell, ...]]:
    for scheme in scene.contents.definition.levels:
        for band in sorted(scheme.bands, key=lambda band: band.level):
            gates = METHODS["gates_text"][scene.language].format(n=len(band.gates))
            yield (
                Cell(", ".join(scheme.nodes), Look.LABEL),
                Cell(text_in(band.name, "vi")),
                Cell(text_in(band.name, "en")),
                Cell(gates if band.gates else None),
                Cell(band.start, Look.DECIMAL),
                Cell(band.level, Look.INTEGER),
            )
