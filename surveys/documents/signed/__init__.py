"""Signed PDFs: which words there are for what is wrong with one, and how trust is handed over.

Reading this package loads no heavy library. ``verifying`` loads pyHanko: for limited children and the
workers that start them, never for the web process.
"""

from surveys.documents.signed.findings import Flaw, Trust

__all__ = ["Flaw", "Trust"]
