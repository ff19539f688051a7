"""The Excel questionnaire: definition and answers -> workbook, workbook -> edits with problems at cells.

Pure: no Django, and no library that loads numpy. The workbook is written as XML of our own, so that a
page can hand it out at once; what comes back is read in a limited child (``surveys.limited``).
"""

from surveys.excelform.book import questionnaire_workbook
from surveys.excelform.choices import choice_texts
from surveys.excelform.facts import BookFacts

__all__ = ["BookFacts", "choice_texts", "questionnaire_workbook"]
