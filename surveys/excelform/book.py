"""The whole workbook of an agency."""

from surveys.engine import FormState, Progress, Section
from surveys.excelform import codes, looks
from surveys.excelform.desk import Desk
from surveys.excelform.facts import BookFacts
from surveys.excelform.guide import Chapter, guide_sheet
from surveys.excelform.names import sheet_name
from surveys.excelform.package import About, packed
from surveys.excelform.sections import section_sheet, section_title
from surveys.excelform.sheet import Sheet
from surveys.excelform.words import words_in


def questionnaire_workbook(state: FormState, facts: BookFacts) -> bytes:
    """The questionnaire as XLSX, with the answers, remarks and unreadable texts of ``state``.

    Sheets: instructions with the contents, one for each section, then hidden the lists of choices
    and ``_ks``, by which the workbook is read back (``surveys.excelform.codes``). Texts are in
    ``facts.language``; the last round's answers come from ``state.context.previous``. Formulas have
    the values that they give now. The same state and facts give the same bytes.
    """
    desk = Desk(state, facts, words_in(facts.language))
    title = desk.say("", state.form.definition.title) or state.form.definition.code
    taken = {codes.META_SHEET, "_lists"}
    guide = sheet_name(desk.words.guide, taken)
    chapters, sheets = [], []
    for section in state.form.sections:
        name = sheet_name(section_title(desk, section), taken)
        sheets.append(section_sheet(desk, section, name=name, guide=guide))
        chapters.append(_chapter(desk, section, name))
    first = guide_sheet(desk, chapters, name=guide, title=title)
    lists = desk.lists.sheet(desk.strings)
    meta = _meta(desk, [code for sheet in sheets for code in sheet.codes])
    return packed(
        [first, *sheets, lists, meta],
        strings=desk.strings,
        styles=looks.STYLES_XML,
        names=desk.lists.defined,
        about=About(title, facts.agency, facts.made_at),
    )


def _chapter(desk: Desk, section: Section, name: str) -> Chapter:
    is_asked = desk.state.is_relevant(section.name)
    progress = desk.state.progress(section.name) if is_asked else Progress(0, 0)
    return Chapter(section_title(desk, section), name, progress, is_asked)


def _meta(desk: Desk, written: list[str]) -> Sheet:
    """The sheet that says what the workbook was made from."""
    facts = desk.facts
    values = (
        codes.FORMAT,
        facts.questionnaire,
        facts.version,
        facts.definition,
        facts.language,
        facts.made_at.isoformat(),
        codes.checksum(written),
    )
    sheet = Sheet(codes.META_SHEET, desk.strings, state="veryHidden", may_insert_rows=False)
    for key, value in zip(codes.META_KEYS, values, strict=True):
        sheet.begin()
        sheet.text(1, looks.PLAIN, key)
        sheet.text(2, looks.PLAIN, value)
    return sheet
