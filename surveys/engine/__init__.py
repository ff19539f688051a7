"""The questionnaire engine: plain data in, plain data out.

No Django, no file, no clock. This module names the whole contract.
"""
