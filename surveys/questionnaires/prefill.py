"""What is known of an agency before it is asked."""

from functools import lru_cache

from surveys.engine import Document, Form, Question
from surveys.organisations.models import Agency


def known_answers(form: Form, agency: Agency) -> Document:
    """The answers of questions with the parameter ``prefill=agency_name`` or ``agency_type``.

    Questions inside repeats and tables are never filled in.
    """
    known = {"agency_name": agency.name, "agency_type": agency.type}
    return {name: known[source] for name, source in _sources(form) if source in known}


@lru_cache(maxsize=256)
def _sources(form: Form) -> tuple[tuple[str, str], ...]:
    return tuple(
        (element.name, element.parameters["prefill"])
        for element in form.definition.elements()
        if isinstance(element, Question)
        and "prefill" in element.parameters
        and form.owner(element.name) is None
    )
