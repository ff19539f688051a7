"""Sixty texts that try to break out of HTML, Excel, an expression, a template or a database."""

from typing import Final

# What runs would set this property of the window, and what is let in would have this tag or id.
MARK: Final = "pwned"

_HTML: Final = (
    "<script>window.pwned=1</script>",
    "</textarea><script>window.pwned=2</script>",
    "</title><script>window.pwned=3</script>",
    "</style></noscript><script>window.pwned=4</script>",
    "<img src=x onerror=window.pwned=5>",
    "<svg onload=window.pwned=6>",
    "<svg><script>window.pwned=7</script></svg>",
    "<svg><animate onbegin=window.pwned=8 attributeName=x dur=1s>",
    "<iframe srcdoc='<script>parent.pwned=9</script>'></iframe>",
    "<details open ontoggle=window.pwned=10>",
    "<input autofocus onfocus=window.pwned=11>",
    '<a href="javascript:window.pwned=12">x</a>',
    "<math><mtext></form><form><mglyph><style></math><img src onerror=window.pwned=13>",
    "<b id=pwned>x</b>",
    "<style>*{display:none}</style>",
    "<base href=https://example.org/>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "<!--><script>window.pwned=14</script-->",
    "]]><script>window.pwned=15</script>",
    "<template><b id=pwned></b></template>",
    "<form action=https://example.org/><button>x",
    "</li></ul></main><b id=pwned>",
    "&lt;b id=pwned&gt;",
    "&#60;script&#62;window.pwned=16&#60;/script&#62;",
)
_ATTRIBUTES: Final = (
    '" onmouseover="window.pwned=17" x="',
    "' onmouseover='window.pwned=18' x='",
    '" autofocus onfocus="window.pwned=19',
    "`onload=window.pwned=20`",
    'x" hx-get="/" hx-trigger="load',
    "x' data-do='delete",
    "javascript:window.pwned=21",
    "data:text/html,<script>window.pwned=22</script>",
)
_TEMPLATES: Final = (
    "{{ 7|add:7 }}{% debug %}",
    "{% include '/etc/passwd' %}",
    "${7*7}#{7*7}<%= 7*7 %>",
    "%(name)s %s %n {0} {name.__class__}",
    "{# comment #}",
    "${${bien_che}}",
)
_EXPRESSIONS: Final = (
    "'",
    '"',
    "' or '1'='1",
    "${",
    "}",
    "${khong_co}",
    "concat('a', \"b\")",
    "\\' \\\" \\\\",
    "'; drop table surveys_questionnaire; --",
)
_SHEETS: Final = (
    "=1+1",
    "=cmd|'/c calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1+1)",
    '=HYPERLINK("https://example.org","x")',
    "'=1+1",
    "_x0041_",
    "0123",
    "1e5",
)
_SCRIPTS: Final = (
    "a\u202eb\u2066c\u2069",
    "a\u200bb\u200dc\u2060",
    "Đổi mới sáng tạo",
)
PAYLOADS: Final = (*_HTML, *_ATTRIBUTES, *_TEMPLATES, *_EXPRESSIONS, *_SHEETS, *_SCRIPTS)
"""Texts that come back as they were typed."""

UNSTORABLE: Final = ("a\0b", "\ud800", "\udfff x")
"""Texts that no database and no workbook holds."""

LONG: Final = "Dài " * 2_500
DECOMPOSED: Final = "Đô\u0309i mới"
"""As some keyboards send it: letters with marks behind them."""
