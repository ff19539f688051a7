"""The sheet ``settings``: one row about the whole questionnaire."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.engine.problems import Problem, Severity
from surveys.xlsform.headers import language_code, read_headers
from surveys.xlsform.rows import Row, read_rows, yes_or_no
from surveys.xlsform.vocabulary import NAME_ADVICE, SETTINGS, SURVEY, XML_NAME
from surveys.xlsform.workbook import Sheet

KEPT = ("form_id", "name", "version", "style")
"""Settings that are stored as they are."""

_TELLING = ("label", "hint", "guidance_hint")
"""The columns that tell the main language: of those that there are, the first."""

FALLBACK_LANGUAGE = "vi"
TITLE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Settings:
    """What the sheet says, with defaults for what it leaves out."""

    default_language: str = FALLBACK_LANGUAGE
    title: Mapping[str, str] = field(default_factory=dict)
    collapse: bool = True
    kept: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_settings(sheet: Sheet | None, survey: Sheet) -> Settings:
    """The settings; the default language may have to be told from the survey's headers."""
    named = ""
    if sheet:
        first = read_rows(sheet, SETTINGS, default_language=FALLBACK_LANGUAGE).rows[:1]
        named = first[0].text("default_language") if first else ""
    language = language_code(named) if named else ""
    if language in {"", "default"}:
        language = _language_of(survey)
    if sheet is None:
        return Settings(language)
    return _settings(sheet, language)


def _settings(sheet: Sheet, language: str) -> Settings:
    table = read_rows(sheet, SETTINGS, default_language=language)
    if not table.rows:
        return Settings(language, problems=table.problems)
    row = table.rows[0]
    row.text("default_language")
    problems = [*table.problems, *_surplus(table.rows[1:])]
    collapse = yes_or_no(row.text("clean_text_values") or "yes")
    if collapse is None:
        text = row.text("clean_text_values")
        problems.append(
            row.problem("value_not_allowed", "clean_text_values", text, "Write yes or no.")
        )
    name = row.text("name")
    if name and not XML_NAME.fullmatch(name):
        problems.append(row.problem("name_invalid", "name", name, NAME_ADVICE))
    title = row.texts("form_title")
    if any(len(text) > TITLE_LENGTH for text in title.values()):
        advice = f"A title may have {TITLE_LENGTH} characters."
        problems.append(row.problem("title_too_long", "form_title", "form_title", advice))
    return Settings(
        language,
        title,
        collapse is not False,
        {name: text for name in KEPT if (text := row.text(name))},
        tuple(problems),
    )


def _surplus(rows: tuple[Row, ...]) -> list[Problem]:
    return [
        Problem(
            "settings_row_surplus",
            row.at(),
            advice="Only the first row of settings is read.",
            severity=Severity.IGNORED,
        )
        for row in rows
    ]


def _language_of(survey: Sheet) -> str:
    """Without a setting: Vietnamese, unless the survey is plainly in other languages only."""
    first = next((row for row in survey.rows if any(map(str.strip, row))), [])
    columns = read_headers(survey.name, 1, first, SURVEY, "")
    languages = columns.languages()
    read = set(columns.keys.values())
    attributes = (a for a in _TELLING if any(name == a for name, _ in read))
    bare = any((attribute, "") in read for attribute in list(attributes)[:1])
    if bare or not languages or FALLBACK_LANGUAGE in languages:
        return FALLBACK_LANGUAGE
    return languages[0]
