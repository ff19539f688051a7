"""Why a workbook is not taken at all, in words for the person who chose it."""

from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.engine import Problem
from surveys.questionnaires.advice import advice_in_words
from surveys.questionnaires.problem_words import WORDS


class WorkbookRefused(DomainError):
    """Nothing of the workbook is read."""

    code = "workbook_refused"
    message = _("The file cannot be read as a workbook")
    status = 422

    @classmethod
    def because(cls, problem: Problem) -> "WorkbookRefused":
        """The refusal in the words of what is wrong with the file."""
        words = str(WORDS.get(problem.code, cls.message)) % {"name": problem.name}
        advice = advice_in_words(problem.advice)
        return cls(f"{words}. {advice}" if advice else f"{words}.", problem=problem.code)


class WorkbookUnknown(WorkbookRefused):
    """It was not made here."""

    code = "workbook_unknown"
    message = _(
        "This is not the Excel questionnaire of this form. Download it from this page, fill it in and "
        "send it back; copy what you have written into it."
    )


class WorkbookOfAnotherQuestionnaire(WorkbookRefused):
    """It was made from another questionnaire."""

    code = "workbook_of_another_questionnaire"
    message = _(
        "The workbook belongs to the questionnaire %(given)s; this form is %(asked)s. Choose the right "
        "file, or download the Excel questionnaire of this form."
    )


class WorkbookOfAnotherVersion(WorkbookRefused):
    """It was made from another version."""

    code = "workbook_of_another_version"
    message = _(
        "The workbook was made from version %(given)s of the questionnaire; version %(asked)s is asked "
        "now. Download the Excel questionnaire again and copy your answers into it: it holds everything "
        "that is stored."
    )


def of_another_version(given: str, asked: int) -> WorkbookOfAnotherVersion:
    """The refusal with both versions."""
    words = {"given": given[:20], "asked": asked}
    return WorkbookOfAnotherVersion(str(WorkbookOfAnotherVersion.message) % words)


class WorkbookWithoutAnswers(WorkbookRefused):
    """Not one place for an answer is in it."""

    code = "workbook_without_answers"
    message = _(
        "No question was found in the workbook: its hidden first columns are gone. Download the Excel "
        "questionnaire again and copy your answers into it."
    )


class WorkbooksTooMany(WorkbookRefused):
    """They are kept, and the disk is everybody's."""

    code = "workbooks_too_many"
    message = _(
        "The workbooks sent for this response have reached the limit of %(limit)s together. Fill in "
        "the rest on the pages of the form."
    )
