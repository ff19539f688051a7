"""What each problem of a workbook or definition is called, in the reader's language."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from surveys.engine import Form, Problem, Severity, text_in
from surveys.questionnaires.advice import advice_in_words

WORDS: Final[dict[str, Promise]] = {
    # Files
    "workbook_unreadable": _("The file cannot be read as a workbook"),
    "workbook_too_large": _("The workbook is too large"),
    "workbook_with_macros": _("The workbook holds macros"),
    "reader_busy": _("The file cannot be opened at the moment"),
    "workbook_encrypted": _("The workbook is protected by a password"),
    "sheet_too_large": _("A sheet has cells far outside the questionnaire"),
    "formula_without_value": _("A formula has no stored value"),
    "cell_unreadable": _("A cell of the sheet “%(name)s” cannot be read"),
    "csv_not_utf8": _("The CSV file is not in UTF-8"),
    # Sheets and columns
    "sheet_missing": _("The sheet “%(name)s” is missing"),
    "sheet_unknown": _("The sheet “%(name)s” is not read"),
    "column_missing": _("The column “%(name)s” is missing"),
    "column_twice": _("The column “%(name)s” stands twice"),
    "header_unknown": _("The column “%(name)s” is not known"),
    "column_unsupported": _("The column “%(name)s” has no effect here"),
    "column_name_invalid": _("The column “%(name)s” cannot be called so"),
    "column_without_header": _("A column has no name"),
    "column_beside": _("The column “%(name)s” stands beside another for the same"),
    "content_beyond": _("“%(name)s” stands far from the rest and is not read"),
    "cell_not_used": _("“%(name)s” has no effect on this type of row"),
    "language_without_code": _("The language “%(name)s” has no code"),
    # Translations that come back
    "key_unknown": _("A row speaks of no text of this draft"),
    "key_twice": _("The text of “%(name)s” stands twice"),
    # Rows of the survey
    "survey_empty": _("The questionnaire has no questions"),
    "type_missing": _("The row has no type"),
    "type_unknown": _("The type “%(name)s” is not known"),
    "type_unsupported": _("The type “%(name)s” is left out"),
    "row_disabled": _("The row of “%(name)s” is left out"),
    "row_remark": _("A row asks nothing"),
    "name_missing": _("The name is missing"),
    "name_invalid": _("The name “%(name)s” is not allowed"),
    "name_too_long": _("A name is too long"),
    "name_reserved": _("The name “%(name)s” is reserved"),
    "name_twice": _("The name “%(name)s” is given twice"),
    "name_case": _("The name “%(name)s” differs from another by capitals only"),
    "label_missing": _("“%(name)s” has no label"),
    "value_not_allowed": _("“%(name)s” is not one of the allowed words"),
    "parameters_malformed": _("The parameters cannot be read"),
    "parameter_unsupported": _("The parameter “%(name)s” has no effect here"),
    "parameter_unknown": _("The parameter “%(name)s” does not exist"),
    "appearance_unsupported": _("The appearance “%(name)s” has no effect here"),
    "trigger_malformed": _("The trigger of “%(name)s” cannot be read"),
    "trigger_unseen": _("Nobody can change “%(name)s”"),
    "parameter_unreadable": _("The parameter “%(name)s” is no number"),
    "range_impossible": _("The range of “%(name)s” is impossible"),
    "begin_unmatched": _("“%(name)s” is begun but never ended"),
    "end_unmatched": _("Something is ended that was never begun"),
    "end_mismatched": _("The end does not match what was begun"),
    "repeat_nested": _("“%(name)s” stands inside another repeat or table"),
    "nested_too_deep": _("“%(name)s” is nested too deep"),
    "table_holds_block": _("The table holds the block “%(name)s”"),
    "table_empty": _("The table “%(name)s” has no columns"),
    "repeat_empty": _("The repeat “%(name)s” is empty"),
    "group_empty": _("The group “%(name)s” is empty"),
    "other_name_taken": _("The name “%(name)s” is needed for the text behind “other”"),
    "or_other_filtered": _("“Other” does not go with a filter"),
    # Choices
    "list_missing": _("“%(name)s” names no choice list"),
    "list_unknown": _("The choice list “%(name)s” does not exist"),
    "table_unknown": _("The lookup table “%(name)s” does not exist"),
    "lookup_empty": _("The lookup table “%(name)s” has no rows"),
    "table_too_large": _("The lookup table “%(name)s” is too large"),
    "cell_too_long": _("A cell of the column “%(name)s” is too long"),
    "sheets_several": _("The workbook has several sheets"),
    "table_malformed": _("The lookup table “%(name)s” cannot be read"),
    "table_unused": _("The lookup table “%(name)s” is not used"),
    "list_unused": _("The choice list “%(name)s” is not used"),
    "list_name_missing": _("The choice “%(name)s” belongs to no list"),
    "choice_name_missing": _("A choice of “%(name)s” has no name"),
    "choice_name_blank": _("The choice “%(name)s” contains a blank"),
    "choice_twice": _("The choice “%(name)s” stands twice in its list"),
    "row_code_invalid": _("The row code “%(name)s” is not allowed"),
    "score_not_a_number": _("The score “%(name)s” is no number"),
    # Settings and indicators
    "title_missing": _("The title is missing"),
    "title_too_long": _("The title is too long"),
    "settings_row_surplus": _("A second row of settings is not read"),
    "indicator_twice": _("The indicator “%(name)s” stands twice"),
    "indicator_unknown": _("The indicator “%(name)s” does not exist"),
    "rule_unreadable": _("The scoring rule of “%(name)s” cannot be read"),
    "rule_kind_unknown": _("The scoring rule of “%(name)s” is of no known kind"),
    "rule_empty": _("The scoring rule of “%(name)s” gives no points"),
    "rule_too_long": _("The scoring rule of “%(name)s” is too long"),
    "option_unknown": _("The scoring rule of “%(name)s” has an option that does not exist"),
    "option_missing": _("The scoring rule of “%(name)s” lacks an option"),
    "entry_twice": _("Something stands twice in the scoring rule of “%(name)s”"),
    "evidence_twice": _("The scoring rule of “%(name)s” counts evidence twice"),
    "choice_code_missing": _("The scoring rule of “%(name)s” has a choice without a code"),
    "question_missing": _("The scoring rule of “%(name)s” names no question"),
    "figure_unreadable": _("The scoring rule of “%(name)s” has a number that cannot be read"),
    "goalposts_equal": _("The scoring rule of “%(name)s” begins and ends at the same figure"),
    "steps_unordered": _("The steps of the scoring rule of “%(name)s” are not in order"),
    "points_zero": _("The scoring rule of “%(name)s” gives no points"),
    "points_negative": _("The scoring rule of “%(name)s” gives negative points"),
    "scoring_unfit": _("“%(name)s” does not fit its scoring rule"),
    "scoring_question_unknown": _(
        "The scoring rule names a question “%(name)s” that does not exist"
    ),
    "scoring_choice_unknown": _("The scoring rule names a choice “%(name)s” that does not exist"),
    "scoring_choice_unnamed": _("The scoring rule does not name the choice “%(name)s”"),
    "agency_type_unknown": _("The type of agency “%(name)s” is not known"),
    # Expressions, found by the engine
    "expression_unreadable": _("The expression cannot be read"),
    "expression_empty": _("The expression is empty"),
    "expression_too_long": _("The expression is too long"),
    "nesting_too_deep": _("The expression is nested too deep"),
    "reference_unknown": _("“%(name)s” is referred to but does not exist"),
    "reference_unsuitable": _("“%(name)s” cannot be referred to here"),
    "function_unknown": _("The function “%(name)s” does not exist"),
    "arguments_wrong": _("“%(name)s” has the wrong number of arguments"),
    "argument_unsuitable": _("An argument of “%(name)s” does not fit"),
    "type_mismatch": _("The expression mixes types that do not fit"),
    "types_unlike": _("The alternatives are of different types"),
    "sequence_for_value": _("A repeat gives many values where one is wanted"),
    "path_unsupported": _("Paths into the form are not supported"),
    "pattern_unreadable": _("The pattern cannot be read"),
    "number_too_large": _("A number has too many digits"),
    "date_impossible": _("The date is impossible"),
    "time_impossible": _("The time is impossible"),
    "dot_unknown": _("“.” stands for nothing here"),
    "outside_repeat": _("“%(name)s” works inside a repeat only"),
    "outside_table": _("“%(name)s” works inside a table only"),
    "row_unknown": _("The table has no row “%(name)s”"),
    "column_unknown": _("The table has no column “%(name)s”"),
    "key_repeated": _("A key of the lookup table is not unique"),
    "cycle": _("“%(name)s” depends on itself"),
    "too_many_cells": _("The questionnaire has too many cells"),
    "prefill_unknown": _("Nothing is known as “%(name)s” to fill in with"),
    "band_unreadable": _("“%(name)s” says no band of changes"),
    "band_without_figure": _("“%(name)s” has a band of changes but no figure"),
    "calculation_missing": _("“%(name)s” has no calculation"),
    "name_repeated": _("The name “%(name)s” is given twice"),
    "choice_repeated": _("The choice “%(name)s” stands twice in its list"),
    "nested_repeat": _("“%(name)s” stands inside another repeat or table"),
    # Quality and simulation
    "never_shown": _("“%(name)s” is never shown"),
    "parent_never_shown": _("“%(name)s” stands in what is never shown"),
    "shown_after_refused": _("“%(name)s” is shown only after a refused answer"),
    "constraint_contradictory": _("No answer passes the check of “%(name)s”"),
    "warning_contradictory": _("Every answer to “%(name)s” is warned of"),
    "default_refused": _("“%(name)s” starts with an answer that it refuses"),
    "choice_refused": _("The choice “%(name)s” is offered and refused"),
    "choice_never_offered": _("The choice “%(name)s” is never offered"),
    "calculation_unused": _("The calculation “%(name)s” is not used"),
    "translation_missing": _("A translation of “%(name)s” is missing"),
    "indicator_without_question": _("The indicator “%(name)s” has no question"),
    "question_without_indicator": _("“%(name)s” feeds no indicator"),
    "personal_data_unmarked": _("“%(name)s” may be personal data and is not marked"),
    "label_long": _("The label of “%(name)s” is long"),
    "questionnaire_long": _("The questionnaire takes long"),
    "never_reached": _("Nobody came to “%(name)s” in the simulation"),
    "always_blocked": _("Nobody got past “%(name)s” in the simulation"),
    "path_blocked": _("Some respondents did not get past “%(name)s” in the simulation"),
    "function_not_in_odk": _("“%(name)s” uses what ODK Collect cannot work out"),
    "rule_not_in_odk": _("ODK Collect does not check “%(name)s”"),
    "prefill_not_in_odk": _("“%(name)s” is not prefilled in ODK Collect"),
    "row_code_not_in_odk": _("The rows of “%(name)s” have codes with blanks"),
    "closed_by_itself_in_odk": _("“%(name)s” closes a cell by the cell's own answer"),
    "xform_refused": _("pyxform refuses “%(name)s”"),
}
SEVERITIES: Final[dict[Severity, tuple[Promise, str]]] = {
    Severity.ERROR: (_("Error"), "bad"),
    Severity.WARNING: (_("Warning"), "warn"),
    Severity.IGNORED: (_("Ignored"), "idle"),
}


@dataclass(frozen=True, slots=True)
class WordedProblem:
    """A problem as a row of a table: the place apart, the words in the reader's language."""

    at: str
    sheet: str
    row: str
    column: str
    code: str
    words: str
    advice: str
    severity: str | Promise
    look: str
    href: str = ""
    label: str = ""


def worded(problem: Problem, form: Form | None = None) -> WordedProblem:
    """The problem for people; a code without words of its own stands for itself.

    With its form, the place is called by its label and linked to on the version's page.
    """
    href, label = _spot(problem, form) if form else ("", "")
    sheet, column, row = place(problem.at)
    words = WORDS.get(problem.code)
    severity, look = SEVERITIES[problem.severity]
    return WordedProblem(
        at=problem.at,
        sheet=sheet,
        row=row,
        column=column,
        code=problem.code,
        words=str(words) % {"name": problem.name} if words else gettext("Problem"),
        advice=advice_in_words(problem.advice),
        severity=severity,
        look=look,
        href=href,
        label=label,
    )


def _spot(problem: Problem, form: Form) -> tuple[str, str]:
    """The anchor on the version's page and what stands there; nothing where there is none."""
    path = problem.at.partition(".")[0]
    name = path.rpartition("/")[2]
    if path.startswith("indicators/"):
        return "#indicators", name
    element = next((each for each in form.definition.elements() if each.name == name), None)
    if element is None:
        return "", ""
    is_section = any(section.name == name for section in form.sections)
    label = text_in(element.label, get_language() or "vi")
    return f"#{'section' if is_section else 'at'}-{name}", label or name


def place(at: str) -> tuple[str, str, str]:
    """Sheet, column and row of ``survey!E14``; a place that is no cell is all sheet."""
    sheet, _bang, cell = at.rpartition("!")
    column = cell.rstrip("0123456789")
    row = cell[len(column) :]
    if not sheet or not row:
        return at, "", ""
    return sheet, column, row
