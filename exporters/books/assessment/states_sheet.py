"""The states: what is missing, filled or does not apply. What was answered stays empty."""

from collections.abc import Iterator

from exporters.book import Cell, Sheet
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.places import Places
from exporters.books.assessment.unit_rows import Column, unit_sheet
from exporters.books.assessment.words import WORDS, word_of


def states_sheet(contents: AssessmentContents, places: Places) -> Sheet:
    """One column an indicator; a word where something else than an answer stands."""
    note = WORDS[places.language]["note_states"]
    columns = list(_columns(contents, places))
    return unit_sheet(contents, places, places.sheets["states"], columns, note=note)


def _columns(contents: AssessmentContents, places: Places) -> Iterator[Column]:
    for code in contents.indicators:
        words = _words(contents, code, places.language)
        yield Column(
            head=contents.name_of(code, places.language),
            code=code,
            cell=lambda unit, _row, words=words: Cell(words[unit]),  # type: ignore[misc]
        )


def _words(contents: AssessmentContents, code: str, language: str) -> list[str | None]:
    states = contents.states.get(code)
    found: list[str | None] = []
    for number, unit in enumerate(contents.units):
        raw = contents.raw[code][number]
        state = states[number] if states else ""
        if not isinstance(raw, str) and state in {"", "answered"}:
            state = ""
        elif state in {"", "answered"}:
            state = str(raw)
        said = word_of("state", state, language) if state else ""
        if method := contents.filled.get((unit.key, code)):
            said = f"{said}; {word_of('imputation', method, language)}".strip("; ")
        found.append(said or None)
    return found
