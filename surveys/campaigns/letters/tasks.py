"""Letters written in the background; typst and docx load inside the task."""

from collections.abc import Callable, Iterator
from typing import Any

from surveys.background.context import JobContext
from surveys.campaigns.codes import as_code
from surveys.campaigns.letters import queries, services
from surveys.campaigns.letters.enums import LetterFormat
from surveys.campaigns.letters.queries import Addressee
from surveys.campaigns.models import Round
from surveys.documents import Letter
from surveys.documents.packing import packed_into


def write_letters(job: JobContext) -> dict[str, Any]:
    """The letter to one agency as a file of its own, or those to all in an archive.

    ``number`` letters; ``name`` is what the file is to be called.
    """
    round_ = Round.objects.select_related("campaign__owner").get(pk=job.event.subject_id)
    file_format = LetterFormat(job.payload["format"])
    to, one = queries.addressees(round_, at=job.event.at), job.payload.get("agency")
    if one is not None:
        to = [each for each in to if each.key == one]
        if not to:
            raise services.AddresseeUnknown
    texts = queries.texts_of(round_.campaign)
    files = _files(queries.letters(round_, texts, to), file_format)
    with services.letters_file(job.id, at=job.now()) as target:
        if one is not None:
            name, content = next(files)
            target.write(content)
        else:
            name = f"{round_.code}-{file_format}.zip"
            for done in packed_into(target, files):
                job.progress(done, len(to))
    return {**services.size_and_hash(job.id), "number": len(to), "name": name}


def _files(
    letters: Iterator[tuple[Addressee, Letter]], file_format: LetterFormat
) -> Iterator[tuple[str, bytes]]:
    write = _writer(file_format)
    for addressee, letter in letters:
        yield f"{addressee.key}-{as_code(addressee.name)}.{file_format}", write(letter)


def _writer(file_format: LetterFormat) -> Callable[[Letter], bytes]:
    if file_format == LetterFormat.PDF:
        from surveys.documents.pdf import letter_pdf  # noqa: PLC0415  (loads typst)

        return letter_pdf
    from surveys.documents.word import letter_docx  # noqa: PLC0415  (loads docx)

    return letter_docx
