"""The assessment workbook for everybody: what a publication tells of single units, and nothing below it."""
