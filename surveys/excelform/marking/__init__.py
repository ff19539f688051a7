"""The very workbook that came back, with its wrong cells coloured, noted and listed.

Only the parts that must change are written anew; every other part keeps its bytes.
"""
