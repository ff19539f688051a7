"""A questionnaire about a commune: 34 provinces, 3,321 communes, and a lookup table of people."""

from surveys.engine import (
    Choice,
    ChoiceList,
    Definition,
    Group,
    Kind,
    Question,
    data_table,
)

PROVINCES = 34
COMMUNES = 3_321

COMMUNE_LIST = ChoiceList(
    "communes",
    tuple(
        # Every province has a commune of the same name, as in life.
        Choice(
            f"c{n}",
            {"vi": "Xã Tân Lập" if n < PROVINCES else f"Xã Đồng số {n}", "en": f"Commune {n}"},
            extra={"province": f"p{n % PROVINCES}"},
        )
        for n in range(COMMUNES)
    ),
)
PROVINCE_LIST = ChoiceList(
    "provinces",
    tuple(Choice(f"p{n}", {"vi": f"Tỉnh {n}", "en": f"Province {n}"}) for n in range(PROVINCES)),
)
PEOPLE = data_table(
    "people", ("commune", "people"), [(f"c{n}", str(1000 + n)) for n in range(COMMUNES)]
)

PLACE = Definition(
    code="xa",
    title={"vi": "Phiếu xã"},
    languages=("vi", "en"),
    children=(
        Group(
            name="place",
            label={"vi": "Địa bàn", "en": "Place"},
            children=(
                Question(
                    name="province",
                    kind=Kind.SELECT_ONE,
                    label={"vi": "Tỉnh", "en": "Province"},
                    list_name="provinces",
                ),
                Question(
                    name="commune",
                    kind=Kind.SELECT_ONE,
                    label={"vi": "Xã", "en": "Commune"},
                    list_name="communes",
                    choice_filter="province = ${province}",
                ),
                Question(
                    name="people",
                    kind=Kind.CALCULATE,
                    label={"vi": "Dân số", "en": "People"},
                    calculation="pulldata('people', 'people', 'commune', ${commune})",
                ),
                Question(
                    name="visited",
                    kind=Kind.SELECT_MULTIPLE,
                    label={"vi": "Xã đã đến", "en": "Communes visited"},
                    list_name="communes",
                ),
            ),
        ),
    ),
    lists={"provinces": PROVINCE_LIST, "communes": COMMUNE_LIST},
    tables={"people": PEOPLE},
)
