"""What the cover says, and what it says of each sheet."""

from typing import Final

from exporters.books.assessment.around.words.both import Both

COVER: Final[Both] = {
    "edition": {"vi": "Bản", "en": "Edition"},
    "edition_public": {
        "vi": "Bản công khai: điểm, hạng và mức như đã công bố; không có câu trả lời, minh chứng và số liệu của từng chỉ tiêu",
        "en": "Public edition: scores, ranks and levels as published; without answers, evidence and the figures of indicators",
    },
    "campaign": {"vi": "Cuộc khảo sát", "en": "Campaign"},
    "owner": {"vi": "Cơ quan chủ trì", "en": "Owner"},
    "period": {"vi": "Kỳ", "en": "Period"},
    "reference_date": {"vi": "Số liệu đến ngày", "en": "Data as of"},
    "deadline": {"vi": "Hạn nộp", "en": "Deadline"},
    "basis": {"vi": "Căn cứ của cuộc khảo sát", "en": "Legal basis of the campaign"},
    "form": {"vi": "Phiếu hỏi", "en": "Questionnaire"},
    "population": {"vi": "Đối tượng", "en": "Population"},
    "population_text": {
        "vi": "{asked} cơ quan phải trả lời, {signed} đã ký; {units} đơn vị được đánh giá, {scored} có điểm",
        "en": "{asked} agencies asked, {signed} signed; {units} units assessed, {scored} with a score",
    },
    "index": {"vi": "Chỉ số", "en": "Index"},
    "version": {"vi": "Phiên bản chỉ số", "en": "Version of the index"},
    "index_basis": {"vi": "Căn cứ của chỉ số", "en": "Legal basis of the index"},
    "scores": {"vi": "Điểm sử dụng", "en": "Points used"},
    "scores_self": {
        "vi": "Điểm theo câu trả lời của cơ quan",
        "en": "Points by the agencies' own answers",
    },
    "scores_verified": {
        "vi": "Điểm sau thẩm định; nơi chưa thẩm định lấy theo câu trả lời",
        "en": "Points after verification, the agencies' own where none was verified",
    },
    "run": {"vi": "Lần tính số", "en": "Run number"},
    "as_of": {"vi": "Thời điểm tính", "en": "Computed at"},
    "tables": {"vi": "SHA-256 của bảng kết quả", "en": "SHA-256 of the tables of the run"},
    "definition": {"vi": "SHA-256 của định nghĩa", "en": "SHA-256 of the definition"},
    "configuration": {"vi": "SHA-256 của cấu hình", "en": "SHA-256 of the configuration"},
    "data": {"vi": "SHA-256 của dữ liệu đầu vào", "en": "SHA-256 of the data read"},
    "code": {"vi": "Phiên bản phần mềm", "en": "Version of the software"},
    "seed": {"vi": "Hạt giống ngẫu nhiên", "en": "Random seed"},
    "draws": {"vi": "Số lần mô phỏng", "en": "Simulated runs"},
    "protection": {"vi": "Bảo vệ thông tin", "en": "Disclosure rules"},
    "shows_all": {
        "vi": "Tệp này dành cho cán bộ được xem câu trả lời: không ẩn ô nào. Quy tắc khi cung cấp cho người khác: tối thiểu {minimum} tổ chức hoặc {people} người, quy tắc p% {p}.",
        "en": "This file is for staff who may see answers: no cell is hidden. Rules for other readers: at least {minimum} organisations or {people} persons, p% rule {p}.",
    },
    "protects": {
        "vi": "Ẩn số liệu của dưới {minimum} tổ chức hoặc {people} người (quy tắc p% {p}) và những ô có thể dùng để suy ra.",
        "en": "Figures of fewer than {minimum} organisations or {people} persons (p% rule {p}) are hidden, and those from which they could be worked out.",
    },
    "hidden": {"vi": "Số ô đã ẩn của đợt", "en": "Cells hidden in the round"},
    "hidden_text": {
        "vi": "{hidden} ô trong {tables} bảng đã cung cấp; {refused} bảng bị từ chối",
        "en": "{hidden} cells in {tables} tables shown so far; {refused} tables refused",
    },
    "licence": {"vi": "Giấy phép", "en": "Licence"},
    "unpublished": {
        "vi": "Chưa công bố: chỉ dùng nội bộ",
        "en": "Not published: for internal use only",
    },
    "cite": {"vi": "Cách trích dẫn", "en": "How to cite"},
    "cite_run": {
        "vi": "{owner}. {title}. {round}. Lần tính {run} ({hash}), chưa công bố.",
        "en": "{owner}. {title}. {round}. Run {run} ({hash}), unpublished.",
    },
    "cite_release": {
        "vi": "{owner} ({year}). {title} [bộ dữ liệu], bản công bố số {number} ngày {day}.",
        "en": "{owner} ({year}). {title} [data set], publication no. {number} of {day}.",
    },
    "sheets": {"vi": "Các trang của tệp", "en": "Sheets of this file"},
}

HOLDS: Final[Both] = {
    "summary": {
        "vi": "Con số chính, phân bố theo mức, trụ cột, biểu đồ",
        "en": "Headline figures, levels, pillars, charts",
    },
    "ranking": {
        "vi": "Thứ tự đơn vị, tự sắp lại khi đổi trọng số; khoảng thứ hạng",
        "en": "The units in order, which follows the weights; intervals of ranks",
    },
    "profile": {
        "vi": "Chọn một đơn vị: điểm, so với trung bình và tốt nhất, điểm mạnh, điểm yếu",
        "en": "Choose a unit: scores beside mean and best, strengths, weaknesses",
    },
    "heat": {
        "vi": "Mọi đơn vị theo mọi nút và chỉ tiêu, tô màu theo thang",
        "en": "All units by all nodes and indicators, shaded by the scale",
    },
    "targets": {
        "vi": "Chỉ tiêu của đợt so với mục tiêu",
        "en": "Indicators of the round beside their targets",
    },
    "parts": {
        "vi": "Tử số và mẫu số của từng cơ quan cho các chỉ tiêu",
        "en": "Numerators and denominators of each agency for the targets",
    },
    "response": {
        "vi": "Tỷ lệ trả lời theo loại cơ quan, từng cơ quan",
        "en": "Response rates by type, each agency",
    },
    "questions": {
        "vi": "Số lượng và tỷ lệ theo phương án trả lời",
        "en": "Counts and shares of answers",
    },
    "uncertainty": {
        "vi": "Khoảng thứ hạng và điểm qua các lần mô phỏng",
        "en": "Intervals of ranks and scores over simulated runs",
    },
    "outranking": {
        "vi": "Tỷ lệ lần mô phỏng đơn vị này đứng trước đơn vị kia",
        "en": "Share of simulated runs in which one unit stands before another",
    },
    "touched": {
        "vi": "Những giá trị đã điền hoặc điều chỉnh",
        "en": "Values that were filled in or adjusted",
    },
    "codebook": {
        "vi": "Chỉ tiêu và biến: nhãn, kiểu, mã, gốc",
        "en": "Indicators and variables: labels, types, codes, bases",
    },
    "methods": {
        "vi": "Cây chỉ số và các quy tắc bằng lời",
        "en": "The tree and the rules in words",
    },
    "log": {
        "vi": "Các phiên bản, lần tính, công bố, đính chính",
        "en": "Versions, runs, publications, corrections",
    },
    "glossary": {"vi": "Thuật ngữ và mã lý do", "en": "Terms and codes of reasons"},
    "data": {
        "vi": "Dữ liệu đầu vào của mọi công thức",
        "en": "The data where every formula begins",
    },
    "states": {"vi": "Trạng thái của từng giá trị", "en": "The state of every value"},
    "denominated": {
        "vi": "Giá trị sau khi chia cho mẫu số",
        "en": "Values after their denominators",
    },
    "filled": {"vi": "Giá trị sau khi điền chỗ khuyết", "en": "Values after filling in blanks"},
    "treated": {
        "vi": "Giá trị sau sàng lọc và xử lý ngoại lai",
        "en": "Values after screening and outliers",
    },
    "scales": {
        "vi": "Cận và tham số của từng chỉ tiêu",
        "en": "Goalposts and parameters of each indicator",
    },
    "normalised": {"vi": "Giá trị đã chuẩn hóa", "en": "Normalised values"},
    "index": {
        "vi": "Điểm, thứ hạng, mức tính bằng công thức",
        "en": "Scores, ranks, levels by formulas",
    },
    "weights": {
        "vi": "Trọng số: đổi được, chỉ số tính lại",
        "en": "Weights: change them and the index follows",
    },
    "levels": {"vi": "Các mức và điều kiện", "en": "Levels and their conditions"},
    "verify": {
        "vi": "So kết quả công thức với kết quả máy chủ",
        "en": "Formulas beside the server's values",
    },
    "change": {"vi": "Thay đổi so với kỳ trước", "en": "Change since the round before"},
    "pillar": {"vi": "Tính điểm của trụ cột", "en": "How the score of a pillar is made"},
}
