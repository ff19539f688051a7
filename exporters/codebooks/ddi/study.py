"""docDscr and stdyDscr: the document, and the studies that it describes."""

from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from exporters.codebooks.ddi.elements import element, filled, in_each, in_one
from exporters.codebooks.model import Codebook, Coverage, Study, Wave
from exporters.codebooks.words import said, shown_day
from surveys.engine.model import Texts

NATION: Final = {"vi": "Việt Nam", "en": "Viet Nam"}
SAMPLED: Final = {
    Coverage.CENSUS: {"vi": "Điều tra toàn bộ", "en": "Total universe / complete enumeration"},
    Coverage.SAMPLE: {"vi": "Chọn mẫu xác suất: phân tầng", "en": "Probability: stratified"},
}


def document_description(root: Element, codebook: Codebook) -> None:
    """docDscr: the codebook as a document of its own."""
    study = codebook.study
    citation = filled(filled(root, "docDscr"), "citation")
    title = said("codebook_of", title=codebook.title)
    _titles(citation, title, f"{codebook.identifier}-codebook")
    produced = filled(citation, "prodStmt")
    for each in codebook.producers:
        in_each(produced, "producer", each)
    _dated(produced, "prodDate", codebook.as_of.date())
    element(produced, "software", "DDI-Codebook 2.5", version="2.5")
    if study.edition:
        element(filled(citation, "verStmt"), "version", str(study.edition))


def study_descriptions(root: Element, codebook: Codebook) -> None:
    """stdyDscr of each study: citation, authorisation, scope, method, access."""
    for study, access in zip(codebook.studies, accesses_of(codebook), strict=True):
        described = filled(root, "stdyDscr")
        _citation(described, study, codebook.as_of.date())
        _authorisation(described, study)
        _scope(described, study)
        _method(described, study)
        _access(described, study, access)


def accesses_of(codebook: Codebook) -> list[str]:
    """The ids of the conditions of access, one of each study."""
    return [f"access{place or ''}" for place in range(len(codebook.studies))]


def _citation(parent: Element, study: Study, made_on: date) -> None:
    citation = filled(parent, "citation")
    _titles(citation, study.title, study.identifier)
    in_each(filled(citation, "rspStmt"), "AuthEnty", study.producer)
    produced = filled(citation, "prodStmt")
    in_each(produced, "producer", study.producer)
    if study.licence is not None:
        in_one(produced, "copyright", study.licence.name)
    _dated(produced, "prodDate", made_on)
    distributed = filled(citation, "distStmt")
    in_each(distributed, "distrbtr", study.producer, URI=study.address)
    if study.published_on is not None:
        _dated(distributed, "distDate", study.published_on)
    _versions(citation, study)
    in_one(citation, "biblCit", study.citation)
    if study.address:
        element(citation, "holdings", URI=study.address)
    if study.manifest_sha256:
        element(citation, "notes", study.manifest_sha256, type="manifest", subject="SHA-256")


def _titles(citation: Element, title: Texts, identifier: str) -> None:
    stated = filled(citation, "titlStmt")
    in_one(stated, "titl", title)
    in_each(stated, "parTitl", {each: text for each, text in title.items() if each != "vi"})
    element(stated, "IDNo", identifier)


def _versions(citation: Element, study: Study) -> None:
    if study.edition:
        edition = filled(citation, "verStmt")
        element(edition, "version", str(study.edition), type="edition")
        in_each(edition, "notes", study.edition_notes)
    for version in study.versions:
        stated = filled(citation, "verStmt")
        number = f"{version.questionnaire} {version.number}"
        day = version.published_on.isoformat() if version.published_on else ""
        element(stated, "version", number, type="questionnaire", date=day)
        in_each(stated, "notes", version.title)
        if version.note:
            element(stated, "notes", version.note)


def _authorisation(parent: Element, study: Study) -> None:
    basis = study.basis
    day = basis.issued_on.isoformat() if basis.issued_on else ""
    stated = filled(parent, "studyAuthorization", date=day)
    if basis.issuer:
        element(stated, "authorizingAgency", basis.issuer)
    said_in_full = ": ".join(filter(None, (basis.cited, basis.abstract)))
    in_each(stated, "authorizationStatement", {"vi": said_in_full})


def _scope(parent: Element, study: Study) -> None:
    scope = filled(parent, "stdyInfo")
    in_each(scope, "abstract", study.abstract)
    summary = filled(scope, "sumDscr")
    for wave in study.waves:
        element(
            summary,
            "timePrd",
            shown_day(wave.reference_date),
            event="single",
            date=wave.reference_date.isoformat(),
            cycle=wave.code,
        )
    for wave in study.waves:
        for event, day in (("start", wave.opened_on), ("end", wave.closed_on)):
            element(
                summary,
                "collDate",
                shown_day(day),
                event=event,
                date=day.isoformat(),
                cycle=wave.code,
            )
    in_each(summary, "nation", NATION, abbr="VN")
    in_each(summary, "anlyUnit", {"vi": "Cơ quan, tổ chức", "en": "Organisation"})
    in_each(summary, "universe", study.universe)
    in_each(summary, "dataKind", {"vi": "Dữ liệu khảo sát", "en": "Survey data"})


def _method(parent: Element, study: Study) -> None:
    method = filled(parent, "method")
    collected = filled(method, "dataColl")
    in_each(collected, "timeMeth", _time_method(study))
    in_each(collected, "dataCollector", study.producer)
    in_each(collected, "frequenc", study.frequency_words, freq=study.frequency)
    in_each(collected, "sampProc", SAMPLED[study.coverage])
    in_each(collected, "sampProc", study.sampling)
    in_each(collected, "collMode", study.mode)
    analysed = filled(method, "anlyInfo")
    for wave in study.waves:
        _rates(analysed, wave)


def _time_method(study: Study) -> dict[str, str]:
    if study.frequency == "once":
        return {"vi": "Một thời điểm", "en": "Cross-section"}
    return {"vi": "Lặp lại nhiều kỳ", "en": "Longitudinal: trend, repeated cross-section"}


def _rates(analysed: Element, wave: Wave) -> None:
    for rate in wave.rates:
        if rate.value is not None:
            text = f"{rate.name} = {100 * rate.value:.1f} % ({wave.code}): {rate.formula} = {rate.numbers}"
            element(analysed, "respRate", text)


def _access(parent: Element, study: Study, key: str) -> None:
    access = filled(parent, "dataAccs", ID=key)
    used = filled(access, "useStmt")
    in_one(used, "restrctn", study.protection)
    in_each(used, "contact", study.producer, URI=study.address)
    in_one(used, "citReq", study.citation)
    licence = study.licence
    in_one(used, "conditions", licence.name if licence else said("no_licence"))
    if licence is not None and (terms := "\n".join(filter(None, (licence.address, licence.text)))):
        element(access, "notes", terms, type="licence")
    if study.left_out:
        in_each(access, "notes", said("left_out"), subject=str(study.left_out))


def _dated(parent: Element, tag: str, day: date) -> None:
    element(parent, tag, shown_day(day), date=day.isoformat())
