"""Advice of problems, in the reader's language.

The engine and the reader of workbooks advise in English sentences and know no gettext. Here are
those sentences, with places for what varies; a test holds them against the sources.
"""

import re
from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_noop as _

SENTENCES: Final = (
    # Around other sentences
    _("At character %(place)s: %(advice)s"),
    # Translations that come back
    _("Export the translations and fill in the workbook that comes."),
    _("Fill in the workbook as it was exported, with its hidden columns."),
    _("Delete one of the two columns."),
    _("The text was deleted, or the row belongs to another questionnaire. It is left out."),
    _("The row of the cell %(place)s speaks of the same text. This one is left out."),
    _("A cell holds at most %(number)s characters. This one is left out."),
    # Files and sheets
    _("Open it in a spreadsheet program and save it as .xlsx."),
    _("Open it in a spreadsheet program and save it as .xlsx. (%(advice)s)"),
    _("It took too long to open."),
    _("The reader gave up on it."),
    _("The workbook has more than %(number)s sheets."),
    _("The sheet %(sheet)s has more cells than a questionnaire can have."),
    _("A workbook may have 10 MB. Remove pictures and data."),
    _("Remove the password and save the workbook again."),
    _("Unpacked, the workbook is larger than 120 MB."),
    _("The workbook consists of more than %(number)s parts."),
    _("A part of the workbook unpacks to more than %(number)s times its size."),
    _("Save the workbook as .xlsx, without macros."),
    _("It is no Excel workbook."),
    _("It holds more text than a questionnaire can have."),
    _("Too many files are being opened. Send it again in a minute."),
    _("Its packing is damaged."),
    _("No spreadsheet program packs a file like this."),
    _("Two of its parts have the same name."),
    _("One of its parts has a name that leads out of the file."),
    _("One of its parts is not in UTF-8."),
    _("One of its parts is no proper XML."),
    _("One of its parts nests too deep."),
    _("One of its parts has too many elements."),
    _("One of its parts declares entities."),
    _("It defines more than %(number)s names."),
    _("It has more cell formats than a spreadsheet program makes."),
    _("Its sheet %(sheet)s is not in the file."),
    _("Two of its sheets are called %(sheet)s."),
    _("The sheet %(sheet)s has more than %(number)s merged cells."),
    _("The sheet %(sheet)s has a cell at the place %(place)s."),
    _("The rows of the sheet %(sheet)s are not in their order."),
    _("The cells of the sheet %(sheet)s are not in their order."),
    _("A cell of the sheet %(sheet)s refers to a text that is not there."),
    _("The sheet %(sheet)s came out empty."),
    _("Its line %(number)s has quotation marks that do not match."),
    _("The cell holds no number that can be stored."),
    _("The cell holds no date."),
    _("The text has %(length)s characters; %(number)s are allowed."),
    _("The formula gives an error. Correct it."),
    _("The text holds invisible characters that cannot be stored. Type it again."),
    _("Delete the cells far right of or below the questionnaire."),
    _("Delete what stands far right of or below the questionnaire."),
    _("Open the workbook in a spreadsheet program and save it, or write the value."),
    _("Save it as CSV UTF-8."),
    _("Rename the sheet %(sheet)s to survey."),
    _("The sheets are: none; questions stand in survey."),
    _("The sheets are: %(sheets)s; questions stand in survey."),
    _("The sheet is not read."),
    _("The sheet %(sheet)s needs the columns %(columns)s."),
    _("Add questions below the headers."),
    # Columns
    _("Two columns are called %(name)s; keep one of them."),
    _("Add the language's code in brackets, e.g. label::%(language)s (vi)."),
    _("Begin the column's name with a letter; go on with letters, digits, - . or _."),
    _("This column of XLSForm has no effect here."),
    _("The column is not read."),
    _("It is read where the column %(name)s is empty."),
    _("More than %(number)s empty columns stand before it; move it left."),
    _("More than %(number)s empty rows stand above it; move it up."),
    _("This column has no effect on a row of this type."),
    _("Give the column a name in the first row, or empty it."),
    # Rows
    _("See the list of types."),
    _("Say what type of row this is."),
    _("Rows of the type %(name)s are left out."),
    _("The row is disabled and left out."),
    _("Without type, name and label the row is taken for a remark."),
    _("Until it has a name the note is called %(name)s."),
    _("The whole form has this name; choose another."),
    _("The count of %(name)s gets this name; choose another."),
    _("Write questions as ${name}, with a comma between them."),
    _("Nobody sees the question, so nobody changes it; name another."),
    _("The word is kept for other tools and has no effect here."),
    _("Give the row a name."),
    _("Begin with a letter; go on with letters, digits, - . or _, without blanks."),
    _("A name begins with a letter and holds letters, digits, '_', '-', '.' only."),
    _("Choose another name."),
    _("A name has at most %(number)s characters."),
    _("It holds the text behind “other” of ${%(name)s}. Give your question another name."),
    _("The name stands already at %(place)s; choose another."),
    _("It differs from %(name)s by capitals only."),
    _("%(count)s elements are called %(name)s."),
    _("Say what is asked; until then the name is shown."),
    _("Write one of: %(allowed)s."),
    _("Write yes or no."),
    _("Write name=value, separated by blanks, e.g. start=0 end=10 step=1."),
    _("Write %(name)s as a number with a decimal point."),
    _("The parameter has no effect on a %(kind)s."),
    _("The step must be more than 0 and no more than end - start."),
    _("Add a row end_%(block)s where it ends."),
    _("%(name)s began at %(place)s as a %(holder)s."),
    _("It stands inside %(number)s other blocks; end some of them first."),
    _("It stands inside %(name)s; end that first."),
    _("Nothing is open here; remove the row or add begin_%(block)s above."),
    _("A table's columns are questions; take groups out of it."),
    _("Add questions as its columns."),
    _("Nothing stands in it."),
    _("A repeat or table cannot stand inside a repeat; take it out."),
    _("Groups nest deeper than %(number)s; take them apart."),
    _("The tables have %(cells)s cells; %(number)s are allowed in one response."),
    _("A calculate question needs a calculation."),
    _("Write for example ±5, -10..50 or >=0, with a percent sign for a share."),
    _("Only figures have a band. Empty the column band."),
    _("Without a calculation the trigger clears the answer."),
    # Choices
    _("Write the list after the type, e.g. %(kind)s my_list."),
    _("Add its choices to the sheet choices."),
    _("A filtered list cannot offer “other”; add the choice to the list."),
    _("A choice of a list for several answers must not contain blanks."),
    _("A row's code must not contain a slash."),
    _("No question uses the list."),
    _("Say which list the choice belongs to."),
    _("Give the choice a name: the code that is stored."),
    _("The choice will be shown by its code."),
    _("Write the score as a number with a decimal point, e.g. 2.5."),
    _("The list has this choice already, at %(place)s."),
    _("The list %(name)s has the choice %(code)s %(count)s times."),
    _("'%(key)s' stands twice in %(name)s."),
    # Settings and indicators
    _("Write the title under form_title in the sheet settings."),
    _("A title may have %(number)s characters."),
    _("Only the first row of settings is read."),
    _("Give the indicator a code."),
    _("The code stands already at %(place)s."),
    _("Add it to the sheet indicators."),
    _("Use: %(allowed)s."),
    _("No row has this name."),
    _("Write what respondents are to read."),
    # Scoring rules
    _("Write a rule, e.g. choices(A=1, B=0.5)."),
    _("Write the rule whose points count with the evidence."),
    _("Evidence counts once; put another rule inside."),
    _("Say what gives points, e.g. A=1."),
    _("Write a number behind =."),
    _("Write '%(mark)s' here."),
    _("Say %(option)s=…; the rule needs it."),
    _("The rule ends before '%(word)s'; remove what follows."),
    _("'%(word)s' is not understood here; put codes with such signs in quotes."),
    _("The rule has %(length)s characters; %(number)s are allowed."),
    _("The rule has %(count)s entries; %(number)s are allowed."),
    _("'%(code)s' stands twice in the rule."),
    _("Give each choice its code."),
    _("Name a question."),
    _("Put the thresholds in ascending order, each once."),
    _("The figures for no points and for all points must differ."),
    _("Give more than 0 points."),
    _("Points are 0 or more."),
    _("Write a number of at most 15 digits, with a decimal point and 9 decimals."),
    _("The rule scores a question of type %(wanted)s, this is %(kind)s."),
    _("The rule scores a number, the question gives a %(type)s."),
    _("It has many answers, in rows; score a calculation over them."),
    _("No evidence can be given; write optional or required in the column evidence."),
    _("The rule does not name this choice; it gives 0 points."),
    # Expressions as a whole
    _("Write an expression or leave the cell empty."),
    _(
        "The expression has %(length)s characters; %(number)s are allowed. Split it "
        "over calculate questions."
    ),
    _("Parentheses nest deeper than %(number)s. Split the expression."),
    _("Operations nest deeper than %(number)s. Split the expression."),
    _("a number has 28 digits at most."),
    _("The text would have %(length)s characters; %(number)s are allowed."),
    _("node paths are not part of the language; refer to a question as ${name}."),
    _("the text that begins with %(quote)s is never closed."),
    _("'${' is never closed; write ${name}."),
    _("something is missing at the end."),
    _("something is missing at the end: %(number)s closing ')'."),
    _(
        "'%(word)s' is not understood here; write ${%(name)s} for a question or "
        "'%(text)s' for a text."
    ),
    _("'%(word)s' is not understood here."),
    _("Write a lookup as instance('list')/root/item[key = value]/column."),
    _("The value hangs on itself: %(names)s. Break the circle."),
    _("The calculation gives a %(type)s, the question holds a %(wanted)s."),
    # Names in expressions
    _("there is no question ${%(name)s}."),
    _("There is no question ${%(name)s}."),
    _("there is no table '%(name)s'."),
    _("There is no list '%(name)s'."),
    _("Another lookup table or choice list has the name. Rename one of them."),
    _("A table's name has at most 24 letters without marks, digits, '_', '-', '.'."),
    _("Attach the table once more."),
    _("The sheets are: %(sheets)s. Keep the one with the table."),
    _("A table may have 50,000 rows. Divide it."),
    _("Name the columns in the first row and write the rows below it."),
    _("A cell may have 10,000 characters. Shorten it."),
    _("A table may have 100 columns and 5 million characters. Divide it."),
    _("Write the choices into the sheet choices: a list may have thousands of them."),
    _("Nothing looks anything up in the table. Remove it, or use pulldata()."),
    _("there is no function %(name)s()."),
    _("%(list)s has no choice '%(code)s'."),
    _("the list %(list)s has no column %(column)s."),
    _("the table %(table)s has no row '%(row)s'."),
    _("${%(name)s} is a %(holder)s, which has no value of its own."),
    _("${%(name)s} has many rows; ask inside its repeat or table."),
    _("${%(name)s} does not stand in that repeat."),
    _("${%(name)s} is no column of a table."),
    _("${%(name)s} has no choices."),
    _(
        "a question of a repeat or table read from outside is a sequence; take sum(…), "
        "count(…), cell(…) or indexed-repeat(…) of it."
    ),
    _("'..' stands in position(..) only."),
    _("'.' has no meaning here."),
    # Functions and types in expressions
    _("%(name)s() takes %(least)s to any number arguments, not %(given)s."),
    _("%(name)s() takes %(least)s to %(most)s arguments, not %(given)s."),
    _("%(name)s() takes %(number)s arguments, not %(given)s."),
    _("%(function)s wants a question ${name}."),
    _("%(function)s wants a question, and ${%(name)s} is a %(holder)s."),
    _("%(function)s wants a date, not a boolean."),
    _("boolean('false') is true; write boolean-from-string('false')."),
    _("count() wants a repeat."),
    _("write position(..)."),
    _("position(..) has a meaning inside a repeat only."),
    _("row() has a meaning inside a table only."),
    _("pulldata() wants its table and columns as texts."),
    _("%(name)s() joins %(words)s; the result is text."),
    _("the pattern is refused: %(reason)s"),
    _("'%(sign)s' cannot join %(left)s and %(right)s."),
    _("a boolean compares with 'true' and 'false' only, not with '%(text)s'."),
    _("'%(text)s' is no %(type)s; the comparison never holds."),
    _("'%(text)s' is no date; write it as 2026-12-31."),
    _("'%(text)s' is no date."),
    _("'%(text)s' is no time; write it as 09:30."),
    _("'%(text)s' is no time."),
    _("'%(text)s' is no offset."),
    _("'%(text)s' is out of range."),
    # Quality and simulation
    _("What it stands in is never shown. Mend that condition, or delete the row."),
    _("Its condition contradicts the condition of what it stands in."),
    _("Its condition is never true. Correct it, or delete the row."),
    _("It needs the answer of a question that is not shown at the same time."),
    _("It is shown only after an answer that a check refuses."),
    _("No answer meets it. Look at its limits, and at and and or."),
    _("Whenever it is asked, no answer meets it. Look at its condition."),
    _("The check refuses it: %(value)s."),
    _("It is offered, and %(question)s never accepts it. Filter it out or delete it."),
    _("Nothing uses the list. Delete it, or name it in the type of a question."),
    _("Nothing refers to it and nobody sees it. Delete it, or use it."),
    _("No answer makes the filter offer it in the list %(list)s."),
    _("Write the text in the language %(language)s."),
    _("No question names it and its formula reads none. Ask for it, or take it out."),
    _(
        "It has no formula and no question names it. That is right if its figure comes from another "
        "questionnaire; else ask for it, or take it out."
    ),
    _("It stands in the catalogue and no questionnaire asks for it."),
    _("Neither the sheet indicators nor the catalogue has it."),
    _("It feeds no indicator. Name one, or ask whether it is needed."),
    _("It seems to ask for personal data. Write yes in the column personal_data."),
    _("It has %(number)s words. Move explanations to the hint or the guidance."),
    _("It takes about %(number)s minutes. Ask less, or spread it over rounds."),
    _("None of %(number)s simulated respondents came to it. Look at its conditions."),
    _(
        "%(number)s of %(total)s simulated respondents who came to it found no "
        "answer that passes (%(code)s), e.g. with %(example)s."
    ),
    # ODK Collect
    _("ODK Collect has no function %(name)s()."),
    _("ODK Collect does not check it; it is checked when the answers arrive."),
    _("ODK Collect does not know the unit; the question stays empty there."),
    _("ODK Collect needs row codes without blanks."),
    _("In ODK Collect a question cannot be closed by its own answer."),
    # Behind other sentences
    _("Expected %(words)s or an operator."),
    _("%(advice)s Expected %(words)s or an operator."),
    _("Did you mean %(name)s?"),
    _("%(advice)s Did you mean %(name)s?"),
)
"""Tried in their order, the first that fits counts. ``advice`` is itself advice; what ``_WORDED``
names is looked up among the words.
"""

WORDS: Final[dict[str, Promise]] = {
    "number": pgettext_lazy("advice", "number"),
    "text": pgettext_lazy("advice", "text"),
    "boolean": pgettext_lazy("advice", "boolean"),
    "date": pgettext_lazy("advice", "date"),
    "time": pgettext_lazy("advice", "time"),
    "dateTime": pgettext_lazy("advice", "dateTime"),
    "choice": pgettext_lazy("advice", "choice"),
    "choices": pgettext_lazy("advice", "choices"),
    "group": pgettext_lazy("advice", "group"),
    "repeat": pgettext_lazy("advice", "repeat"),
    "table": pgettext_lazy("advice", "table"),
    "the end": pgettext_lazy("advice", "the end"),
    "a question such as ${name}": pgettext_lazy("advice", "a question such as ${name}"),
    "a text": pgettext_lazy("advice", "a text"),
    "a number": pgettext_lazy("advice", "a number"),
}
"""What stands in places and is said in the reader's language too."""

LONGEST: Final = 1_000
"""Longer advice repeats what stands in a cell; it is not searched."""

_PLACE: Final = re.compile(r"%\\\((\w+)\\\)s")


def advice_in_words(advice: str) -> str:
    """The sentence in the reader's language; one that is not known stays as it is."""
    found = sentence_of(advice)
    if found is None:
        return advice
    sentence, texts = found
    places = {name: _place(name, text) for name, text in texts.items()}
    return gettext(sentence) % places if places else gettext(sentence)


def sentence_of(advice: str) -> tuple[str, Mapping[str, str]] | None:
    """The sentence that the advice is made of and what fills its places, if it is one of ours."""
    if len(advice) > LONGEST:
        return None
    for sentence, pattern in _PATTERNS:
        if found := pattern.fullmatch(advice):
            return sentence, found.groupdict()
    return None


def _place(name: str, text: str) -> str:
    if name == "advice":
        return advice_in_words(text)
    if name in _WORDED:
        return ", ".join(str(WORDS.get(word, word)) for word in re.split(", | and ", text))
    return text


def _pattern(sentence: str) -> re.Pattern[str]:
    escaped = re.escape(sentence)
    return re.compile(_PLACE.sub(r"(?P<\1>.+)", escaped), re.DOTALL)


_WORDED: Final = frozenset({"words", "type", "wanted", "holder", "left", "right"})
_PATTERNS: Final = tuple((sentence, _pattern(sentence)) for sentence in SENTENCES)
