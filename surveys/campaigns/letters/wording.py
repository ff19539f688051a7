"""What stands in a letter: its texts, the names they may use, and the product's own words.

Letters are in Vietnamese whatever language the pages are read in: they are official documents.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from surveys.campaigns.placeholders import UnknownName, unknown_names

NAMES: Final = (
    "agency",
    "issuer",
    "campaign",
    "round",
    "deadline",
    "reference_date",
    "basis",
    "abstract",
    "link",
)


@dataclass(frozen=True, slots=True)
class LetterTexts:
    """The texts of a campaign's letters. Paragraphs, basis and copies have one item a line."""

    superior: str = ""
    issuer: str = ""
    symbol: str = ""
    number: str = ""
    place: str = ""
    subject: str = ""
    basis: str = ""
    paragraphs: str = ""
    deadline: str = ""
    closing: str = ""
    on_behalf_of: str = ""
    capacity: str = ""
    instead_of: str = ""
    signer_title: str = ""
    signer_name: str = ""
    copies: str = ""
    archive: str = ""
    dated: date | None = None


WORDS: Final = LetterTexts(
    place="Hà Nội",
    subject="đề nghị cung cấp thông tin khảo sát “{campaign}”, {round}",
    basis="Căn cứ {basis} {abstract};",
    paragraphs=(
        "{issuer} tổ chức khảo sát “{campaign}”, {round}; số liệu tính đến {reference_date}.\n"
        "{issuer} đề nghị {agency} phân công đơn vị đầu mối, hoàn thành phiếu khảo sát trực tuyến, "
        "trình người có thẩm quyền ký duyệt và gửi trên hệ thống."
    ),
    deadline="Thời hạn trả lời: trước {deadline}.",
    closing="Đề nghị Quý cơ quan quan tâm, phối hợp thực hiện.",
    copies="Như trên",
)
"""Where a campaign has no texts of its own yet, its designer starts from these."""


def misnamed(texts: LetterTexts) -> dict[str, list[UnknownName]]:
    """By text: the names in braces that stand for nothing."""
    given = {each.name: getattr(texts, each.name) for each in fields(texts)}
    found = {
        name: unknown_names(text, NAMES) for name, text in given.items() if isinstance(text, str)
    }
    return {name: names for name, names in found.items() if names}


def lines_of(text: str) -> tuple[str, ...]:
    """The lines that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
