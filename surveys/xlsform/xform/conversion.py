"""Definition → XForm, through pyxform.

pyxform loads openpyxl, so this runs in commands and tasks, never in the web process.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from surveys.engine.lookedup import expressions_of, looked_up, looked_up_by_instance
from surveys.engine.model import Definition
from surveys.engine.problems import Problem, errors
from surveys.xlsform.workbook import Sheet
from surveys.xlsform.writing import sheets_of
from surveys.xlsform.xform.collect import Collect


@dataclass(frozen=True, slots=True)
class XForm:
    """The XML, ``None`` if any problem is an error; places are cells of the exported workbook.

    ``media`` are the files that Collect wants beside the form: the CSV of each lookup table that an
    expression reads, by the file's name.
    """

    xml: str | None
    problems: tuple[Problem, ...]
    media: Mapping[str, str] = field(default_factory=dict)


def xform_of(definition: Definition, *, version: str) -> XForm:
    """The definition for ODK Collect: tables as repeats with a fixed number of rows, each with its
    label to read; what Collect cannot do is a problem at its cell.

    The definition must be free of errors.
    """
    collect = Collect(definition)
    plain = collect.definition()
    problems = tuple(collect.problems)
    if errors(problems):
        return XForm(None, problems)
    settings = {"form_id": definition.code, **definition.settings, "version": version}
    return _converted(replace(plain, settings=settings), problems)


def _converted(definition: Definition, problems: tuple[Problem, ...]) -> XForm:
    reads = [node for element in definition.elements() for _, node in expressions_of(element)]
    used = frozenset[str]().union(*map(looked_up, reads)) & definition.tables.keys()
    # pyxform knows the tables of pulldata() by itself; those of instance() must be declared.
    declared = frozenset[str]().union(*map(looked_up_by_instance, reads)) & used
    from pyxform.builder import create_survey_element_from_dict
    from pyxform.errors import PyXFormError
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2xform import get_xlsform

    written = sheets_of(replace(definition, tables={}))
    sheets: dict[str, list[dict[str, str]]] = {sheet.name: _records(sheet) for sheet in written}
    sheets["survey"] += [{"type": "csv-external", "name": name} for name in sorted(declared)]
    # Left to itself pyxform guesses the headers, and fails where the first rows leave cells empty.
    sheets |= {f"{sheet.name}_header": [dict.fromkeys(sheet.rows[0], "")] for sheet in written}
    try:
        workbook = get_xlsform(xlsform=sheets)
        survey = create_survey_element_from_dict(
            workbook_to_json(
                workbook_dict=workbook, fallback_form_name=workbook.fallback_form_name, warnings=[]
            )
        )
        # As its to_xml() does, which goes through a file: a limited child may write none.
        xml = survey._to_ugly_xml()  # noqa: SLF001
    except PyXFormError as refusal:
        problem = Problem("xform_refused", "survey!A1", definition.code, str(refusal))
        return XForm(None, (problem, *problems))
    media = {f"{name}.csv": definition.tables[name].text for name in sorted(used)}
    return XForm(xml, problems, media)


def _records(sheet: Sheet) -> list[dict[str, str]]:
    header, *rows = sheet.rows
    return [
        {name: text for name, text in zip(header, texts, strict=True) if text} for texts in rows
    ]
