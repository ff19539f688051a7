"""The variables of a round's questionnaires, in both languages."""

from analytics.dataset import Variable as Asked
from exporters.books.assessment.around.facts import Texts, Variable
from exporters.books.contents import RoundContents
from exporters.books.data_sheet import label_of
from exporters.books.words import WORDS
from surveys.engine import text_in


def variables_of_round(read: RoundContents) -> tuple[Variable, ...]:
    """Each variable of each questionnaire, with how many agencies have a value of it."""
    return tuple(
        Variable(
            name=variable.name,
            number=variable.number,
            label={language: label_of(variable, language) for language in WORDS},
            kind={language: WORDS[language][variable.measure.value] for language in WORDS},
            unit={language: text_in(variable.unit, language) for language in WORDS},
            codes=_codes(variable),
            missing=", ".join(variable.missing),
            answered=sum(
                (value := row.get(variable.name)) not in (None, "")
                and value not in variable.missing
                for row in form.dataset.rows
            ),
        )
        for form in read.forms
        for variable in form.dataset.variables
    )


def _codes(variable: Asked) -> Texts:
    return {
        language: "; ".join(
            f"{choice.name} = {text_in(choice.label, language)}" for choice in variable.choices
        )
        for language in WORDS
    }
