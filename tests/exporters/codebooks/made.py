"""Codebooks made by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from exporters.codebooks.model import (
    Code,
    Codebook,
    Counted,
    Coverage,
    DataFile,
    LegalBasis,
    Licence,
    Limit,
    Noted,
    Rate,
    Rule,
    Study,
    Variable,
    VariableKind,
    Version,
    Wave,
)
from surveys.engine import Texts

AS_OF = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


def both(text: str) -> Texts:
    """A text in both languages, the English one marked."""
    return {"vi": text, "en": f"{text} (en)"}


def study(title: str = "Năng lực tổ chức", **changes: Any) -> Study:
    """A census that was published."""
    told: dict[str, Any] = {
        "identifier": "nang-luc-2026",
        "title": both(title),
        "abstract": both("Để biết"),
        "producer": both("Cục Chuyển đổi số quốc gia"),
        "basis": LegalBasis(
            cited="Quyết định 1690/QĐ-TTg", issued_on=date(2023, 12, 26), issuer="Thủ tướng"
        ),
        "universe": both("Bộ (2)"),
        "coverage": Coverage.CENSUS,
        "sampling": both("Hỏi toàn bộ"),
        "mode": both("Tự trả lời"),
        "waves": (
            Wave(
                code="nang-luc-2026",
                period={"vi": "2026", "en": "2026"},
                reference_date=date(2026, 11, 1),
                opened_on=date(2026, 11, 2),
                closed_on=date(2026, 12, 11),
                asked=6,
                signed=4,
                rates=(Rate(name="RR1", formula="I / N", numbers="4 / 6", value=4 / 6),),
            ),
        ),
        "versions": (
            Version(
                questionnaire="tochuc", number=2, title=both(title), published_on=date(2026, 1, 5)
            ),
        ),
        "licence": Licence(
            name=both("CC BY 4.0"), address="https://creativecommons.org/licenses/by/4.0/"
        ),
        "citation": both("Cục (2026)."),
        "protection": both("Dưới 5 không hiển thị"),
        "frequency": "yearly",
        "frequency_words": both("Hằng năm"),
        "edition": 1,
        "published_on": date(2027, 1, 5),
        "manifest_sha256": "0" * 64,
        "left_out": 2,
        "address": "https://khaosat.example.vn/data/nang-luc-2026/1/",
    }
    return Study(**(told | changes))


def choice(name: str = "a2_model", text: str = "Mô hình", **changes: Any) -> Variable:
    """A question with two choices, one of them hidden, and a code for a missing figure."""
    told: dict[str, Any] = {
        "name": name,
        "kind": VariableKind.CATEGORY,
        "label": both(text),
        "question": both(text),
        "hint": both(text),
        "instructions": both(text),
        "number": "A2",
        "section": both("1. Tổ chức"),
        "universe": Rule(expression="${a1} = 'co'", words=both(text), reads=("a1",)),
        "codes": (
            Code(value="cuc", label=both(text), count=3, share=0.75),
            Code(value="vu", label=both("Vụ"), is_hidden=True),
        ),
        "missing": (Code(value="KAD", label=both("Không áp dụng"), count=1),),
        "source": both("Cơ quan trả lời"),
        "counted": Counted(asked=5, answered=4, blank=1),
        "versions": (1, 2),
        "changes": (Noted(version=2, is_breaking=True, words=both(text)),),
    }
    return Variable(**(told | changes))


def number(name: str = "a1", **changes: Any) -> Variable:
    """A whole number between limits, with its measures."""
    told: dict[str, Any] = {
        "name": name,
        "kind": VariableKind.INTEGER,
        "label": both("Số người"),
        "question": both("Số người"),
        "section": both("1. Tổ chức"),
        "unit": both("người"),
        "lowest": Limit("0"),
        "highest": Limit("100", is_open=True),
        "decimals": 0,
        "checks": (Rule(expression=". >= 0", words=both("không nhỏ hơn 0")),),
        "counted": Counted(
            asked=5, answered=4, blank=1, measures={"mean": 2.5, "sum": 10.0, "least": None}
        ),
    }
    return Variable(**(told | changes))


def indicator(**changes: Any) -> Variable:
    """A derived variable."""
    told: dict[str, Any] = {
        "name": "T1",
        "kind": VariableKind.NUMBER,
        "label": both("Tỷ lệ"),
        "derivation": Rule(
            expression="numerator = ${a1}", words=both("Tử số: Số người"), reads=("a1", "gone")
        ),
    }
    return Variable(**(told | changes))


def codebook(*variables: Variable, **changes: Any) -> Codebook:
    """Answers and an indicator of the study."""
    told: dict[str, Any] = {
        "study": study(),
        "files": (
            DataFile(
                key="answers",
                name="answers",
                title=both("Câu trả lời"),
                cases=4,
                variables=variables or (number(), choice()),
            ),
            DataFile(
                key="indicators",
                name="indicators",
                title=both("Chỉ tiêu"),
                cases=None,
                variables=(indicator(),),
            ),
        ),
        "as_of": AS_OF,
        "has_counts": True,
    }
    return Codebook(**(told | changes))


def of_two_campaigns() -> Codebook:
    """Answers of two campaigns in the same files."""
    wave = replace(study().waves[0], code="dti-2025", period={"vi": "2025", "en": "2025"})
    return codebook(others=(study("Số", identifier="dti-2025", waves=(wave,)),))


def hostile(text: str) -> Codebook:
    """A codebook in which the text stands wherever people can put one."""
    variable = choice(name=text, text=text, section=both(text), unit=both(text), number=text)
    return codebook(
        number(),
        variable,
        study=study(text, citation=both(text), producer=both(text), abstract=both(text)),
    )
