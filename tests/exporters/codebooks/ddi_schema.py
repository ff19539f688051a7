"""The structure that DDI-Codebook 2.5 demands, as far as our documents use it: a table of facts.

For each element its children in order with how often each may stand there ("1": once, "?": at most
once, "*": any number, "+": at least once) and its attributes; then what a document must be as a whole.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring

NS = "{ddi:codebook:2_5}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
GLOBAL = {"ID", "source", LANG}
SCHEMA_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
TEXT = ""

CITATION = "titlStmt1 rspStmt? prodStmt? distStmt? serStmt* verStmt* biblCit? holdings* notes*"
CHILDREN = {
    "codeBook": "docDscr* stdyDscr+ fileDscr* dataDscr* otherMat*",
    "docDscr": "citation? guide? docStatus? docSrc* controlledVocabUsed* notes*",
    "citation": CITATION,
    "titlStmt": "titl1 subTitl* altTitl* parTitl* IDNo*",
    "rspStmt": "AuthEnty* othId*",
    "prodStmt": "producer* copyright? prodDate* prodPlac* software* fundAg* grantNo*",
    "distStmt": "distrbtr* contact* depositr* depDate* distDate?",
    "verStmt": "version? verResp* notes*",
    "stdyDscr": "citation+ studyAuthorization* stdyInfo* studyDevelopment* method* dataAccs* othrStdyMat* notes*",
    "studyAuthorization": "authorizingAgency* authorizationStatement*",
    "stdyInfo": "studyBudget* subject* abstract* sumDscr* qualityStatement? notes* exPostEvaluation*",
    "sumDscr": "timePrd* collDate* nation* geogCover* geogUnit* geoBndBox? boundPoly? anlyUnit* universe* dataKind*",
    "method": "dataColl* notes* anlyInfo? stdyClas* dataProcessing* codingInstructions*",
    "dataColl": "timeMeth* dataCollector* collectorTraining* frequenc* sampProc* sampleFrame* targetSampleSize* deviat* collMode* resInstru* instrumentDevelopment* sources? collSitu* actMin* ConOps* weight* cleanOps*",
    "anlyInfo": "respRate* EstSmpErr* dataAppr*",
    "dataAccs": "setAvail* useStmt* notes*",
    "useStmt": "confDec? specPerm? restrctn? contact* citReq? deposReq? conditions? disclaimer?",
    "fileDscr": "fileTxt* locMap? notes*",
    "fileTxt": "fileName? fileCitation? fileCont? fileStrc? dimensns? fileType? format? filePlac? dataChck* ProcStat? dataMsng? software* verStmt?",
    "dimensns": "caseQnty* varQnty* logRecL* recPrCas* recNumTot*",
    "dataDscr": "varGrp* nCubeGrp* var* nCube* notes*",
    "varGrp": "labl* txt* concept* defntn? universe? notes*",
    "var": "location* labl* imputation? security? embargo? respUnit? anlysUnit? qstn* valrng* invalrng* undocCod* universe* TotlResp? sumStat* txt* stdCatgry* catgryGrp* catgry* codInstr* verStmt* concept* derivation? varFormat? geoMap* catLevel* notes*",
    "qstn": "preQTxt* qstnLit* postQTxt* forward* backward* ivuInstr*",
    "catgry": "catValu? labl* txt* catStat* mrow?",
    "derivation": "drvdesc? drvcmd?",
    "valrng": "range+ key? notes*",
    "invalrng": "item+ key? notes*",
    "range": TEXT,
    "item": TEXT,
}
ATTRIBUTES = {
    "codeBook": "version codeBookAgency",
    "prodDate": "date",
    "distDate": "date",
    "timePrd": "date event cycle",
    "collDate": "date event cycle",
    "studyAuthorization": "date",
    "version": "date type",
    "software": "date version",
    "nation": "abbr",
    "distrbtr": "abbr affiliation URI",
    "contact": "affiliation URI email",
    "holdings": "location callno URI media",
    "frequenc": "freq",
    "notes": "type subject level resp sdatrefs parent sameNote",
    "fileDscr": "URI sdatrefs methrefs pubrefs access",
    "varGrp": "type otherType var varGrp name sdatrefs methrefs pubrefs access nCube",
    "var": "name wgt wgt-var weight qstn files vendor dcml intrvl rectype sdatrefs methrefs pubrefs access aggrMeth otherAggrMeth measUnit scale origin nature additivity otherAdditivity temporal geog geoVocab catQnty representationType otherRepresentationType",
    "labl": "level vendor country sdatrefs",
    "qstn": "qstn var seqNo sdatrefs responseDomainType otherResponseDomainType",
    "range": "UNITS min minExclusive max maxExclusive",
    "item": "UNITS VALUE",
    "universe": "level clusion",
    "sumStat": "wgtd wgt-var weight type otherType access",
    "catgry": "missing missType country sdatrefs excls catgry level access",
    "catStat": "type otherType URI methrefs wgtd wgt-var weight sdatrefs",
    "derivation": "var",
    "drvcmd": "syntax",
    "varFormat": "type formatname schema otherSchema category otherCategory URI",
}
CHOICES = {
    ("timePrd", "event"): "start end single",
    ("collDate", "event"): "start end single",
    (
        "varGrp",
        "type",
    ): "section multipleResp grid display repetition subject version iteration analysis pragmatic record file randomized other",
    ("var", "intrvl"): "contin discrete",
    ("var", "temporal"): "Y N",
    ("var", "representationType"): "text numeric code datetime other",
    ("range", "UNITS"): "INT REAL",
    ("sumStat", "type"): "mean medn mode vald invd min max stdev other",
    ("catgry", "missing"): "Y N",
    ("catStat", "type"): "freq percent crosstab other",
    ("varFormat", "type"): "character numeric",
    ("varFormat", "schema"): "SAS SPSS IBM ANSI ISO XML-Data other",
    ("varFormat", "category"): "date time currency other",
}
REQUIRED = {"var": "name", "sumStat": "type"}
REFERENCES = {"var", "files", "access", "qstn", "varGrp", "sdatrefs", "methrefs"}
IN_LANGUAGES = (
    "titl parTitl labl qstnLit postQTxt ivuInstr universe abstract producer biblCit drvdesc"
)


def parsed(document: bytes) -> Element:
    """The root of a document that we have written."""
    return fromstring(document)  # noqa: S314  (our own)


def problems_of(root: Element) -> list[str]:
    """What of the document is not as the schema demands."""
    return [*_of_elements(root), *_of_identifiers(root), *_of_languages(root)]


def _of_elements(root: Element) -> Iterator[str]:
    if root.tag != f"{NS}codeBook" or root.get("version") != "2.5":
        yield "the root is no codeBook 2.5"
    for element in root.iter():
        tag = element.tag.removeprefix(NS)
        yield from _of_children(tag, element)
        yield from _of_attributes(tag, element)


def _of_children(tag: str, element: Element) -> Iterator[str]:
    model = CHILDREN.get(tag)
    found = [child.tag.removeprefix(NS) for child in element]
    if model is None:
        if found:
            yield f"{tag} is a text and has {found}"
        return
    names = [part[:-1] for part in model.split()]
    for name in found:
        if name not in names:
            yield f"{tag} may not have {name}"
    places = [names.index(name) for name in found if name in names]
    if places != sorted(places):
        yield f"{tag} has its children in another order: {found}"
    for part in model.split():
        number = found.count(part[:-1])
        if (part[-1] in "1+" and not number) or (part[-1] in "1?" and number > 1):
            yield f"{tag} has {number} {part[:-1]}"


def _of_attributes(tag: str, element: Element) -> Iterator[str]:
    allowed = {*ATTRIBUTES.get(tag, "").split(), *GLOBAL, SCHEMA_LOCATION}
    for name, value in element.attrib.items():
        if name not in allowed:
            yield f"{tag} may not have the attribute {name}"
        choices = CHOICES.get((tag, name))
        if choices is not None and value not in choices.split():
            yield f"{tag} may not say {name}={value}"
    if (needed := REQUIRED.get(tag)) and needed not in element.attrib:
        yield f"{tag} has no {needed}"


def _of_identifiers(root: Element) -> Iterator[str]:
    ids = [element.get("ID") for element in root.iter() if "ID" in element.attrib]
    for each in ids:
        if ids.count(each) > 1:
            yield f"{each} is the ID of several elements"
    for element in root.iter():
        for name in REFERENCES & element.attrib.keys():
            for reference in element.get(name, "").split():
                if reference not in ids:
                    yield f"{element.tag} refers by {name} to {reference}, which is not there"


def _of_languages(root: Element) -> Iterator[str]:
    wanted = {f"{NS}{tag}" for tag in IN_LANGUAGES.split()}
    for element in root.iter():
        if element.tag in wanted and element.get(LANG) not in {"vi", "en"}:
            yield f"{element.tag} does not say its language"
