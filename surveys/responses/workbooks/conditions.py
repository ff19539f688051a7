"""When the elements of a questionnaire are asked, as sentences of its workbook."""

from collections.abc import Mapping
from functools import lru_cache

from surveys.engine import Form
from surveys.questionnaires.logic import Spot, plain, sentence


@lru_cache(maxsize=64)
def conditions_of(form: Form, language: str) -> Mapping[str, str]:
    """By the name of an element, the condition under which it is asked, without a full stop.

    In the language that is active, which ``language`` names; what no sentence says is left out.
    """
    said = {
        name: plain(sentence(Spot(form, part.element, "relevant", language), part.element.relevant))
        for name, part in form.parts.items()
        if "relevant" in part.rules
    }
    return {name: text for name, text in said.items() if text}
