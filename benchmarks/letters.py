"""Letters as PDF and DOCX, a hundred at a time, and an archive of them.

Run: .venv/bin/python benchmarks/letters.py
"""

import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

# The letter stands among the tests.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from measure import measured, report
from pypdf import PdfReader

from surveys.documents.packing import packed_into
from surveys.documents.pdf import letter_pdf
from surveys.documents.word import letter_docx
from tests.surveys.documents.samples import LETTER, paragraphs_of

LETTERS = [replace(LETTER, addressees=(f"Ủy ban nhân dân xã {n:03}",)) for n in range(100)]


def main() -> None:
    """Print the table."""
    with measured("100 letters as PDF") as m:
        pdfs = [letter_pdf(letter) for letter in LETTERS]
    readers = [PdfReader(BytesIO(pdf)) for pdf in pdfs]
    m.check(all(len(reader.pages) == 1 for reader in readers), "one page each")
    texts = [" ".join(reader.pages[0].extract_text().split()) for reader in readers]
    m.check(all(f"dân xã {n:03} Căn cứ" in text for n, text in enumerate(texts)), "own addressee")
    with measured("100 letters as DOCX") as m:
        docxs = [letter_docx(letter) for letter in LETTERS]
    said = [f"Kính gửi: {letter.addressees[0]}" for letter in LETTERS]
    m.check(all(map(list.__contains__, map(paragraphs_of, docxs), said)), "own addressee")
    target, files = BytesIO(), [(f"{n:03}.pdf", pdf) for n, pdf in enumerate(pdfs)]
    with measured("an archive of 100") as m:
        done = list(packed_into(target, files))
    m.check(len(ZipFile(target).namelist()) == len(done) == 100, "100 files")
    whole = sum(map(len, pdfs)) / 100 * 3377 / 1e6
    print(f"{sum(map(len, pdfs)) // 100:,} bytes a PDF: {whole:.0f} MB for 3,377 agencies")
    report()


if __name__ == "__main__":
    main()
