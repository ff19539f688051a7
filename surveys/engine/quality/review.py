"""The quality of a questionnaire that compiles: what is legal and still wrong."""

from dataclasses import dataclass

from surveys.engine.form import Form
from surveys.engine.model import Element
from surveys.engine.problems import Problem
from surveys.engine.quality.burden import Burden, burden_of
from surveys.engine.quality.contradictions import contradictions
from surveys.engine.quality.coverage import Catalogued, misfitting, uncovered
from surveys.engine.quality.length import too_long
from surveys.engine.quality.privacy import unmarked_personal_data
from surveys.engine.quality.reach import Reach, children
from surveys.engine.quality.translations import missing_translations
from surveys.engine.quality.usage import unused


@dataclass(frozen=True, slots=True)
class Review:
    """The findings in a fixed order, and the burden in each language of the questionnaire."""

    problems: tuple[Problem, ...]
    burdens: tuple[Burden, ...]


def review(form: Form, catalogue: tuple[Catalogued, ...] = ()) -> Review:
    """Look at a form from every side. Never raises; wrong expressions are left to the compiler.

    ``catalogue`` holds the indicators of the owner that count on the day of the review and that no
    other questionnaire asks for.
    """
    places = places_of(form)
    reach = Reach(form)
    burdens = tuple(burden_of(form, language) for language in form.definition.languages)
    problems = (
        *reach.problems,
        *contradictions(form, reach.cases, places),
        *unused(form, places),
        *missing_translations(form, places),
        *uncovered(form, places, catalogue),
        *misfitting(form, places, catalogue),
        *unmarked_personal_data(form, places),
        *too_long(form, burdens, places),
    )
    return Review(problems, burdens)


def places_of(form: Form) -> dict[str, str]:
    """Where each element stands: the names around it and its own, joined by slashes."""
    places: dict[str, str] = {}

    def enter(element: Element, above: str) -> None:
        places.setdefault(element.name, f"{above}{element.name}")
        for child in children(element):
            enter(child, f"{above}{element.name}/")

    for element in form.definition.children:
        enter(element, "")
    return places
