"""What the sheets around the computing ones say, in both languages."""

from collections.abc import Mapping
from typing import Final

Both = Mapping[str, Mapping[str, str]]

COVER: Final[Both] = {
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

SHEETS: Final[Both] = {
    "order": {"vi": "STT", "en": "No."},
    "rank": {"vi": "Hạng", "en": "Rank"},
    "unit": {"vi": "Đơn vị", "en": "Unit"},
    "key": {"vi": "Mã đơn vị", "en": "Unit key"},
    "block": {"vi": "Nhóm xếp hạng", "en": "Ranked within"},
    "score": {"vi": "Điểm", "en": "Score"},
    "level": {"vi": "Mức", "en": "Level"},
    "level_name": {"vi": "Tên mức", "en": "Name of level"},
    "rank_low": {"vi": "Hạng 5 %", "en": "Rank 5%"},
    "rank_high": {"vi": "Hạng 95 %", "en": "Rank 95%"},
    "rank_width": {"vi": "Độ rộng khoảng hạng", "en": "Width of rank interval"},
    "rank_mean": {"vi": "Hạng trung bình", "en": "Mean rank"},
    "rank_median": {"vi": "Hạng trung vị", "en": "Median rank"},
    "score_low": {"vi": "Điểm 5 %", "en": "Score 5%"},
    "score_high": {"vi": "Điểm 95 %", "en": "Score 95%"},
    "top": {"vi": "Tỷ lệ vào nhóm đầu", "en": "Share in top group"},
    "position": {"vi": "Dòng thứ", "en": "Line"},
    "own_order": {"vi": "STT của đơn vị ở dòng này", "en": "No. of the unit of this line"},
    "choice": {"vi": "Tên trong danh sách chọn", "en": "Name in the list"},
    "note_ranking": {
        "vi": "Sắp theo điểm bằng công thức: đổi trọng số ở trang Trọng số thì thứ tự và biểu đồ đổi theo. Khoảng hạng do máy chủ mô phỏng, không đổi theo.",
        "en": "Sorted by formulas: change a weight on the Weights sheet and order and charts follow. Intervals of ranks were simulated by the server and do not.",
    },
    "ranked_chart": {"vi": "Xếp hạng theo điểm", "en": "Units by score"},
    "ranked_first": {"vi": "{n} đơn vị đứng đầu theo điểm", "en": "The first {n} units by score"},
    "ranked_alt": {
        "vi": "Thanh ngang điểm của từng đơn vị, cao nhất ở trên. Đứng đầu là {first} với {best} điểm, cuối là {last} với {least}.",
        "en": "Bars of each unit's score, the highest on top. First is {first} with {best}, last is {last} with {least}.",
    },
    "interval_chart": {
        "vi": "Khoảng thứ hạng 5 %-95 % qua mô phỏng",
        "en": "Intervals of ranks, 5% to 95% of simulated runs",
    },
    "interval_alt": {
        "vi": "Với từng đơn vị, thanh kéo từ hạng ở mức 5 % đến hạng ở mức 95 % qua các lần mô phỏng; thanh càng dài, thứ hạng càng kém chắc chắn.",
        "en": "For each unit a bar from its rank at 5% to that at 95% of the simulated runs; the longer, the less certain the rank.",
    },
    "note_uncertainty": {
        "vi": "{draws} lần mô phỏng, hạt giống {seed}, do máy chủ tính (lần tính {run}, {hash}). Điểm và hạng hiện tại lấy bằng công thức từ trang Chỉ số.",
        "en": "{draws} simulated runs, seed {seed}, computed by the server (run {run}, {hash}). Present score and rank come by formulas from the Index sheet.",
    },
    "no_spread": {
        "vi": "Lần tính này không mô phỏng độ bất định.",
        "en": "This run did not simulate uncertainty.",
    },
    "note_outranking": {
        "vi": "Tỷ lệ số lần mô phỏng mà đơn vị ở dòng đứng trước đơn vị ở cột; 0,5: không phân biệt được. Máy chủ tính, lần tính {run}, {hash}.",
        "en": "Share of simulated runs in which the unit of the line stands before that of the column; 0.5: they cannot be told apart. Computed by the server, run {run}, {hash}.",
    },
    "note_heat": {
        "vi": "Tô theo thang của từng cột, từ thấp nhất đến cao nhất có thể; số trong ô là điểm. Mã thay cho số: xem Thuật ngữ.",
        "en": "Shaded by what each column can be, from the least to the most; the figure is the score. Codes in place of figures: see the glossary.",
    },
    "choose": {"vi": "Chọn đơn vị", "en": "Choose a unit"},
    "choose_prompt": {
        "vi": "Bấm mũi tên để chọn đơn vị; cả trang tính lại theo đơn vị đó.",
        "en": "Use the arrow to choose a unit; the whole sheet follows.",
    },
    "choose_error": {"vi": "Chọn một tên trong danh sách.", "en": "Choose a name from the list."},
    "of_scored": {"vi": "trên {n} đơn vị có điểm", "en": "of {n} units with a score"},
    "node": {"vi": "Trụ cột", "en": "Pillar"},
    "mean": {"vi": "Trung bình", "en": "Mean"},
    "median": {"vi": "Trung vị", "en": "Median"},
    "best": {"vi": "Cao nhất", "en": "Best"},
    "worst": {"vi": "Thấp nhất", "en": "Lowest"},
    "own_share": {"vi": "Đơn vị, % mức tối đa", "en": "Unit, % of most"},
    "mean_share": {"vi": "Trung bình, % mức tối đa", "en": "Mean, % of most"},
    "best_share": {"vi": "Cao nhất, % mức tối đa", "en": "Best, % of most"},
    "percent_of_most": {"vi": "% mức tối đa", "en": "% of the most possible"},
    "profile_chart": {"vi": "So với trung bình và cao nhất", "en": "Beside mean and best"},
    "profile_alt": {
        "vi": "Điểm từng trụ cột của đơn vị được chọn, của trung bình và của đơn vị cao nhất, tính theo phần trăm mức tối đa.",
        "en": "Scores of the chosen unit on each pillar beside the mean and the best, in per cent of the most possible.",
    },
    "strengths": {
        "vi": "Điểm mạnh: hơn trung bình nhiều nhất",
        "en": "Strengths: furthest above the mean",
    },
    "weaknesses": {
        "vi": "Điểm yếu: kém trung bình nhiều nhất",
        "en": "Weaknesses: furthest below the mean",
    },
    "indicator": {"vi": "Chỉ tiêu", "en": "Indicator"},
    "code": {"vi": "Mã", "en": "Code"},
    "value": {"vi": "Giá trị", "en": "Value"},
    "normalised": {"vi": "Đã chuẩn hóa", "en": "Normalised"},
    "difference": {"vi": "Hơn trung bình, điểm %", "en": "Above mean, % points"},
    "sorting": {"vi": "Để sắp xếp", "en": "For sorting"},
    "unit_of": {"vi": "Đơn vị tính", "en": "Measured in"},
    "indicators": {"vi": "Mọi chỉ tiêu", "en": "All indicators"},
    "scored": {"vi": "Đơn vị có điểm", "en": "Units with a score"},
    "unscored": {"vi": "Không có điểm", "en": "Without a score"},
    "by_level": {"vi": "Phân bố theo mức", "en": "By level"},
    "count": {"vi": "Số đơn vị", "en": "Units"},
    "share": {"vi": "Tỷ lệ", "en": "Share"},
    "levels_alt": {"vi": "Số đơn vị ở từng mức: {told}.", "en": "Units at each level: {told}."},
    "by_class": {"vi": "Phân bố điểm", "en": "Scores by class"},
    "from": {"vi": "Từ", "en": "From"},
    "to": {"vi": "đến dưới", "en": "to below"},
    "class": {"vi": "Khoảng điểm", "en": "Class"},
    "pillars": {"vi": "Trụ cột", "en": "Pillars"},
    "pillars_chart": {
        "vi": "Trung bình trụ cột, % mức tối đa",
        "en": "Mean of pillars, % of the most possible",
    },
    "pillars_alt": {
        "vi": "Trung bình mỗi trụ cột theo phần trăm mức tối đa: {told}.",
        "en": "Mean of each pillar in per cent of the most possible: {told}.",
    },
    "contribution_chart": {
        "vi": "Các trụ cột của {n} đơn vị đứng đầu",
        "en": "Pillars of the first {n} units",
    },
    "contribution_alt": {
        "vi": "Thanh chồng: phần đóng góp của từng trụ cột vào điểm của các đơn vị đứng đầu.",
        "en": "Stacked bars: what each pillar contributes to the scores of the first units.",
    },
    "details": {"vi": "Xem chi tiết", "en": "See also"},
    "statement": {
        "vi": "{scored} đơn vị có điểm; trung bình {mean}, cao nhất {first} ({best}), thấp nhất {last} ({least}).",
        "en": "{scored} units have a score; mean {mean}, highest {first} ({best}), lowest {last} ({least}).",
    },
}

TABLES: Final[Both] = {
    "note_targets": {
        "vi": "Giá trị = tử số / mẫu số, tính bằng công thức; tử số và mẫu số do máy chủ cộng từ các bản đã ký. Nền xám: máy chủ tính.",
        "en": "Value = numerator / denominator by formula; numerators and denominators were added up by the server from the signed answers. Grey: computed by the server.",
    },
    "code": {"vi": "Mã", "en": "Code"},
    "indicator": {"vi": "Chỉ tiêu", "en": "Indicator"},
    "measured": {"vi": "Đơn vị tính", "en": "Unit"},
    "numerator": {"vi": "Tử số", "en": "Numerator"},
    "denominator": {"vi": "Mẫu số", "en": "Denominator"},
    "value": {"vi": "Giá trị", "en": "Value"},
    "goal": {"vi": "Mục tiêu", "en": "Target"},
    "gap": {"vi": "So với mục tiêu", "en": "Against target"},
    "answered": {"vi": "Đã có số liệu", "en": "With data"},
    "missing": {"vi": "Còn thiếu", "en": "Missing"},
    "basis": {"vi": "Căn cứ", "en": "Legal basis"},
    "not_asked": {"vi": "không hỏi trong đợt này", "en": "not asked in this round"},
    "note_response": {
        "vi": "Tỷ lệ trả lời = số cơ quan đã ký / số cơ quan phải trả lời (AAPOR RR6: không có trường hợp chưa rõ đối tượng).",
        "en": "Response rate = agencies signed / agencies asked (AAPOR RR6: no case of unknown eligibility).",
    },
    "type": {"vi": "Loại cơ quan", "en": "Type of agency"},
    "asked": {"vi": "Phải trả lời", "en": "Asked"},
    "signed": {"vi": "Đã ký", "en": "Signed"},
    "rate": {"vi": "Tỷ lệ trả lời", "en": "Response rate"},
    "late": {"vi": "Nộp chậm", "en": "Late"},
    "total": {"vi": "Tổng", "en": "Total"},
    "rate_chart": {
        "vi": "Tỷ lệ trả lời theo loại cơ quan",
        "en": "Response rate by type of agency",
    },
    "rate_alt": {"vi": "Tỷ lệ trả lời: {told}.", "en": "Response rates: {told}."},
    "key": {"vi": "Mã cơ quan", "en": "Agency key"},
    "agency": {"vi": "Cơ quan", "en": "Agency"},
    "status": {"vi": "Trạng thái", "en": "Status"},
    "submitted_at": {"vi": "Thời điểm nộp", "en": "Submitted at"},
    "late_days": {"vi": "Số ngày chậm", "en": "Days late"},
    "note_questions": {
        "vi": "Mỗi dòng một phương án hoặc một số đo. Tỷ lệ tính trên số cơ quan đã trả lời câu hỏi; câu chọn nhiều có tổng trên 100 %. Bảng do máy chủ tính từ trước, không tính lại ở đây.",
        "en": "One line an answer or a measure. Shares are of the agencies that answered the question; several choices add up to more than 100%. Tabulated by the server before, not computed anew here.",
    },
    "no_questions": {
        "vi": "Chưa có bảng tần số nào được lập cho người đọc này. Mở phần khám phá số liệu của đợt để lập.",
        "en": "No tables of questions are stored for this reader. Open the explorer of the round to have them made.",
    },
    "question": {"vi": "Biến", "en": "Variable"},
    "label": {"vi": "Câu hỏi", "en": "Question"},
    "kind": {"vi": "Kiểu", "en": "Type"},
    "base": {"vi": "Số trả lời (n)", "en": "Answered (n)"},
    "answer": {"vi": "Phương án / số đo", "en": "Answer / measure"},
    "count": {"vi": "Số lượng", "en": "Count"},
    "share": {"vi": "Tỷ lệ", "en": "Share"},
    "low": {"vi": "Cận dưới 95 %", "en": "95% lower"},
    "high": {"vi": "Cận trên 95 %", "en": "95% upper"},
    "method": {"vi": "Khoảng tin cậy", "en": "Interval"},
    "note_touched": {
        "vi": "Những giá trị mà máy chủ đã điền vào chỗ khuyết hoặc điều chỉnh trước khi chuẩn hóa (lần tính {run}, {hash}).",
        "en": "Values that were filled in or adjusted before they were normalised (run {run}, {hash}).",
    },
    "untouched": {
        "vi": "Không có giá trị nào được điền hoặc điều chỉnh trong lần tính này.",
        "en": "No value was filled in or adjusted in this run.",
    },
    "unit": {"vi": "Đơn vị", "en": "Unit"},
    "step": {"vi": "Bước", "en": "Step"},
    "filled": {"vi": "Điền chỗ khuyết", "en": "Filled in"},
    "treated": {"vi": "Xử lý ngoại lai", "en": "Outlier treated"},
    "before": {"vi": "Trước", "en": "Before"},
    "after": {"vi": "Sau", "en": "After"},
    "how": {"vi": "Cách làm", "en": "Method"},
    "when": {"vi": "Thời điểm", "en": "When"},
    "event": {"vi": "Việc", "en": "What"},
    "detail": {"vi": "Chi tiết", "en": "Detail"},
    "mark": {"vi": "Mã băm", "en": "Hash"},
    "this": {"vi": "Tệp này", "en": "This file"},
    "note_log": {
        "vi": "Các phiên bản, lần tính và bản công bố của chỉ số cho đến tệp này, mới nhất trước.",
        "en": "Versions, runs and publications of the index up to this file, the newest first.",
    },
}

CODEBOOK: Final[Both] = {
    "indicators": {"vi": "Chỉ tiêu của chỉ số", "en": "Indicators of the index"},
    "variables": {"vi": "Biến của phiếu hỏi", "en": "Variables of the questionnaires"},
    "code": {"vi": "Mã / Code", "en": "Code"},
    "vi": {"vi": "Tên (tiếng Việt)", "en": "Name (Vietnamese)"},
    "en": {"vi": "Tên (tiếng Anh)", "en": "Name (English)"},
    "measured": {"vi": "Đơn vị tính", "en": "Unit"},
    "direction": {"vi": "Chiều", "en": "Direction"},
    "source": {"vi": "Nguồn", "en": "Source"},
    "rule": {"vi": "Quy tắc / biểu thức", "en": "Rule / expression"},
    "range": {"vi": "Khoảng cho phép", "en": "Possible range"},
    "goalposts": {"vi": "Cận", "en": "Goalposts"},
    "target": {"vi": "Mục tiêu", "en": "Target"},
    "applies": {"vi": "Áp dụng cho", "en": "Applies to"},
    "base": {"vi": "Số đơn vị có giá trị", "en": "Units with a value"},
    "all": {"vi": "mọi loại", "en": "all types"},
    "number": {"vi": "Câu", "en": "Question"},
    "kind": {"vi": "Kiểu", "en": "Type"},
    "codes_vi": {"vi": "Mã trả lời (tiếng Việt)", "en": "Codes (Vietnamese)"},
    "codes_en": {"vi": "Mã trả lời (tiếng Anh)", "en": "Codes (English)"},
    "missing": {"vi": "Mã không có số liệu", "en": "Missing codes"},
    "answered": {"vi": "Số trả lời", "en": "Answered"},
    "note": {
        "vi": "KAD: không áp dụng; CCSL: chưa có số liệu; HC: hạn chế công bố. Ô trống: chưa trả lời.",
        "en": "KAD: not applicable; CCSL: no data yet; HC: restricted. Empty: not answered.",
    },
}

METHODS: Final[Both] = {
    "tree": {"vi": "Cây chỉ số", "en": "The tree"},
    "aggregated": {"vi": "Cách tổng hợp", "en": "Aggregation"},
    "weight": {"vi": "Trọng số", "en": "Weight"},
    "effective": {"vi": "Tỷ trọng trong chỉ số", "en": "Share in the index"},
    "rules": {"vi": "Quy tắc", "en": "Rules"},
    "levels": {"vi": "Các mức", "en": "Levels"},
    "rule": {"vi": "Bước", "en": "Step"},
    "vi": {"vi": "Tiếng Việt", "en": "Vietnamese"},
    "en": {"vi": "Tiếng Anh", "en": "English"},
    "description": {"vi": "Mô tả", "en": "Description"},
    "scale": {"vi": "Thang điểm", "en": "Scale"},
    "missing": {"vi": "Giá trị khuyết", "en": "Missing values"},
    "not_applicable": {"vi": "Không áp dụng", "en": "Not applicable"},
    "screening": {"vi": "Sàng lọc đơn vị", "en": "Screening of units"},
    "treatment": {"vi": "Giá trị ngoại lai", "en": "Outliers"},
    "normalisation": {"vi": "Chuẩn hóa", "en": "Normalisation"},
    "weighting": {"vi": "Trọng số", "en": "Weights"},
    "ranking": {"vi": "Xếp hạng", "en": "Ranking"},
    "ranking_text": {
        "vi": "Điểm cao xếp trước; bằng điểm thì cùng hạng nhỏ nhất (1, 2, 2, 4); so ở 12 chữ số có nghĩa.",
        "en": "The highest score comes first; equals share the least rank (1, 2, 2, 4); compared to 12 significant digits.",
    },
    "uncertainty": {"vi": "Độ bất định", "en": "Uncertainty"},
    "uncertainty_text": {
        "vi": "{runs} lần mô phỏng Monte Carlo, hạt giống {seed}; mỗi trọng số thay đổi ngẫu nhiên ±{share} %.",
        "en": "{runs} Monte Carlo runs, seed {seed}; every weight varies at random by ±{share}%.",
    },
    "formulas": {"vi": "Công thức sống", "en": "Live formulas"},
    "formulas_text": {
        "vi": "Các bước viết được bằng công thức đều là công thức nối về trang Dữ liệu; bước khác là giá trị máy chủ tính, nền xám. Trang Kiểm tra so hai bên.",
        "en": "Steps that can be written as formulas are formulas that lead back to the Data sheet; others are values of the server, in grey. The Verify sheet holds both side by side.",
    },
    "numbers": {"vi": "Dấu thập phân", "en": "Decimal signs"},
    "numbers_text": {
        "vi": "Số, ngày và tỷ lệ là giá trị thật; dấu chấm, dấu phẩy hiện theo vùng cài trong máy của người đọc (Việt Nam: 1.234,5).",
        "en": "Numbers, dates and shares are true values; separators follow the region set on the reader's computer (Viet Nam: 1.234,5).",
    },
    "node": {"vi": "Nút", "en": "Node"},
    "level": {"vi": "Mức", "en": "Level"},
    "start": {"vi": "Từ", "en": "From"},
    "gates": {"vi": "Điều kiện thêm", "en": "Further conditions"},
    "gates_text": {
        "vi": "{n} điều kiện, xem trang Mức",
        "en": "{n} conditions, see the Levels sheet",
    },
}

TERMS: Final[tuple[tuple[Mapping[str, str], Mapping[str, str]], ...]] = (
    (
        {"vi": "Chỉ số tổng hợp", "en": "Composite index"},
        {
            "vi": "Một điểm duy nhất ghép từ nhiều chỉ tiêu theo cây, trọng số và cách tổng hợp đã chốt.",
            "en": "One score put together from many indicators by a tree, weights and aggregations that are frozen.",
        },
    ),
    (
        {"vi": "Chuẩn hóa", "en": "Normalisation"},
        {
            "vi": "Đưa các chỉ tiêu khác đơn vị tính về cùng một thang, luôn theo chiều cao hơn là tốt hơn.",
            "en": "Bringing indicators of different units to one scale on which more is always better.",
        },
    ),
    (
        {"vi": "Cận", "en": "Goalposts"},
        {
            "vi": "Hai giá trị cố định ứng với hai đầu thang; giữ nguyên giữa các kỳ để so sánh được.",
            "en": "Two fixed values that stand for the two ends of the scale; kept over rounds so that they compare.",
        },
    ),
    (
        {"vi": "Trọng số hiệu dụng", "en": "Effective weight"},
        {
            "vi": "Phần của một chỉ tiêu trong cả chỉ số: tích các tỷ trọng từ gốc xuống.",
            "en": "An indicator's share in the whole index: the product of the shares from the root down.",
        },
    ),
    (
        {"vi": "Độ phủ", "en": "Coverage"},
        {
            "vi": "Tỷ lệ thành phần có giá trị của một nút ở một đơn vị.",
            "en": "The share of a node's children that have a value for a unit.",
        },
    ),
    (
        {"vi": "Khoảng hạng 5 %-95 %", "en": "Interval of ranks, 5% to 95%"},
        {
            "vi": "Chín phần mười số lần mô phỏng cho thứ hạng nằm trong khoảng này.",
            "en": "Nine in ten simulated runs give the unit a rank inside of it.",
        },
    ),
    (
        {"vi": "Mức", "en": "Level"},
        {
            "vi": "Bậc năng lực theo ngưỡng điểm và điều kiện kèm theo; lấy mức cao nhất thỏa mọi điều kiện.",
            "en": "A step of capacity by thresholds and further conditions; the highest whose conditions all hold.",
        },
    ),
    (
        {"vi": "Phần trăm mức tối đa", "en": "Per cent of the most possible"},
        {
            "vi": "Điểm tính từ giá trị thấp nhất (0 %) đến cao nhất (100 %) mà nút có thể đạt.",
            "en": "A score counted from the least (0%) to the most (100%) that the node can be.",
        },
    ),
    (
        {"vi": "Tổng điều tra", "en": "Census"},
        {
            "vi": "Mọi đơn vị thuộc đối tượng đều được hỏi nên không có sai số chọn mẫu.",
            "en": "Every unit of the population is asked, so there is no sampling error.",
        },
    ),
)

GLOSSARY: Final[Both] = {
    "term": {"vi": "Thuật ngữ / mã", "en": "Term / code"},
    "meaning_vi": {"vi": "Nghĩa (tiếng Việt)", "en": "Meaning (Vietnamese)"},
    "meaning_en": {"vi": "Nghĩa (tiếng Anh)", "en": "Meaning (English)"},
    "terms": {"vi": "Thuật ngữ", "en": "Terms"},
    "reasons": {"vi": "Mã lý do thay cho số", "en": "Codes that stand in place of figures"},
    "looks": {"vi": "Màu và kiểu ô", "en": "Colours and kinds of cells"},
    "input": {
        "vi": "Ô đổi được: trọng số, đơn vị được chọn",
        "en": "A cell to be changed: weights, the chosen unit",
    },
    "server": {
        "vi": "Giá trị do máy chủ tính, không phải công thức",
        "en": "A value of the server, no formula",
    },
    "muted": {"vi": "Phụ trợ, để các ô khác tra cứu", "en": "Of help to other cells"},
    "example": {"vi": "ví dụ", "en": "example"},
}
