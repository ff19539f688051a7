"""The Excel questionnaire: definition and answers -> workbook, workbook -> edits with problems at cells.

Pure: no Django, and no library that loads numpy. The workbook is written as XML of our own, so that a
page can hand it out at once; what comes back is read in a limited child (``surveys.limited``).
"""
