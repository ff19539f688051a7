"""The terms of use of the portal, every version of them. Plain data, no Django.

A version that somebody has accepted is never changed: a changed text is a new version, which is asked
for anew. A test holds each version to its hash.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Clause:
    """One point: its heading and its text, each by language."""

    title: Mapping[str, str]
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Terms:
    """A text that people accept; ``version`` is what their acceptance names."""

    version: str
    since: date
    clauses: tuple[Clause, ...]

    @property
    def sha256(self) -> str:
        """The hash of all that is accepted."""
        content = [[dict(each.title), dict(each.text)] for each in self.clauses]
        plain = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).hexdigest()


VERSIONS: Final = (
    Terms(
        "1",
        date(2026, 11, 1),
        (
            Clause(
                {"vi": "Mục đích sử dụng", "en": "What the data are for"},
                {
                    "vi": "Số liệu được dùng để thống kê, nghiên cứu, xây dựng chính sách và giảng "
                    "dạy. Không dùng để kiểm tra, xử lý hoặc quyết định về một cơ quan, tổ chức, cá "
                    "nhân cụ thể.",
                    "en": "The data serve statistics, research, policy making and teaching. They are "
                    "not used to inspect, to sanction or to decide about a single agency, organisation "
                    "or person.",
                },
            ),
            Clause(
                {"vi": "Không tìm cách nhận ra đơn vị trả lời", "en": "Nobody is recognised"},
                {
                    "vi": "Không tìm cách nhận ra đơn vị hoặc người trả lời mà tên không được công bố, "
                    "kể cả bằng cách ghép nhiều bảng hoặc ghép với nguồn khác. Nếu vô tình nhận ra thì "
                    "không sử dụng, không tiết lộ và báo ngay cho đơn vị chủ trì khảo sát.",
                    "en": "No attempt is made to recognise a respondent whose name is not published, "
                    "neither by putting tables side by side nor with the help of other sources. "
                    "Whoever recognises one by chance does not use it, tells nobody else, and tells "
                    "the owner of the survey at once.",
                },
            ),
            Clause(
                {"vi": "Ghi nguồn", "en": "The source is named"},
                {
                    "vi": "Khi công bố kết quả có dùng số liệu, ghi nguồn theo cách trích dẫn ở trang "
                    "của bộ dữ liệu, nêu rõ số lần công bố, và ghi rõ phần nào do người dùng tự tính.",
                    "en": "Whoever publishes something that rests on the data cites them as the page "
                    "of the data set says, with the number of the publication, and says what was "
                    "computed by whom.",
                },
            ),
            Clause(
                {"vi": "Ô bị che", "en": "Cells that are not shown"},
                {
                    "vi": "Ô bị che là để bảo vệ đơn vị trả lời. Không tìm cách tính ngược ô bị che, "
                    "không hiểu ô bị che là số không.",
                    "en": "Cells that are not shown protect respondents. They are neither worked out "
                    "nor read as zero.",
                },
            ),
            Clause(
                {"vi": "Ghi nhật ký", "en": "What is noted"},
                {
                    "vi": "Hệ thống ghi lại bảng đã lập và tệp đã tải của từng tài khoản để bảo vệ đơn "
                    "vị trả lời. Nhật ký chỉ dùng cho mục đích này.",
                    "en": "Tables made and files fetched are noted with the account, to protect "
                    "respondents, and for nothing else.",
                },
            ),
            Clause(
                {"vi": "Giấy phép và trách nhiệm", "en": "Licence and liability"},
                {
                    "vi": "Mỗi bộ dữ liệu có giấy phép riêng ghi ở trang của bộ dữ liệu. Số liệu có "
                    "thể được đính chính hoặc thu hồi; người dùng tự kiểm tra công bố đang có hiệu "
                    "lực. Vi phạm các điều khoản này thì quyền truy cập có thể bị thu hồi.",
                    "en": "Each data set has its licence, which stands on its page. Data may be "
                    "corrected or withdrawn; users see for themselves which publication is in force. "
                    "Whoever breaks these terms may lose access.",
                },
            ),
        ),
    ),
)
"""The newest last."""


def current() -> Terms:
    """The text that is asked for now."""
    return VERSIONS[-1]
