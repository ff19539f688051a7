"""Which cases are about this product's language."""

import re
from pathlib import Path
from typing import Any, Final

import yaml

from tests.conformance.folder import Case

LISTED: Final[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "out_of_scope.yml").read_text("utf-8")
)
REASONS: Final[dict[str, str]] = {
    function: reason for reason, names in LISTED["functions"].items() for function in names
}
OF_CONTEXT: Final = "|".join(LISTED["of the context node"])

LITERAL: Final = re.compile(r"'[^']*'|\"[^\"]*\"")
CALLED: Final = re.compile(r"([^\W\d][\w:.-]*)\s*\(")
PATH_SIGN: Final = re.compile(
    r"""[/@$|\[] | :: | \.\.        # steps, attributes, variables, unions, predicates, parents
      | (?<![\w.])\.(?![\w.])       # the context node
      | (?:^|[(,=<>+*-])\s*\*       # every child
    """,
    re.VERBOSE,
)
WORD: Final = re.compile(r"[^\W\d][\w.-]*(?:::?[\w.-]+)?(?!\s*\()(?![\w.:-])")
OPERATOR: Final = re.compile(r"(?:and|or|div|mod)[0-9.]*")
CONTEXT_CALL: Final = re.compile(rf"(?<![\w-])(?:{OF_CONTEXT})\s*\(\s*\)")


def reason_out(case: Case) -> str | None:
    """Why a case is out of scope; None for one the product answers."""
    if case.get("instance") or case.get("custom_handlers"):
        return "needs JavaRosa's own instance or handlers"
    if case["id"] in LISTED["cases"]:
        return str(LISTED["cases"][case["id"]])
    bare = LITERAL.sub("''", case["expr"])
    for function in CALLED.findall(bare):
        if function in REASONS:
            return f"function {function}(): {REASONS[function]}"
    if case["kind"].startswith("nodeset"):
        return "node path"
    if PATH_SIGN.search(bare) or CONTEXT_CALL.search(bare) or _has_element_name(bare):
        return "node path"
    return None


def _has_element_name(bare: str) -> bool:
    # A number runs into the operator after it: '1or 2'.
    return any(OPERATOR.fullmatch(word) is None for word in WORD.findall(bare))
