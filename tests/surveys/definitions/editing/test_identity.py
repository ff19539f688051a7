"""Hidden ids."""

from surveys.definitions import dump, load
from surveys.definitions.editing import Tree, with_uids
from tests.surveys.definitions.editing.factories import draft, uids


def bare() -> dict[str, object]:
    """The draft as an import gives it: without a hidden id."""
    definition = load(draft())
    written = dump(definition)

    def strip(value: object) -> object:
        if isinstance(value, dict):
            return {key: strip(each) for key, each in value.items() if key != "uid"}
        return [strip(each) for each in value] if isinstance(value, list) else value

    stripped = strip(written)
    assert isinstance(stripped, dict)
    return stripped


def test_every_node_has_a_uid_of_its_own():
    found = list(Tree(with_uids(bare(), uids())).uids())

    assert (len(found), len(set(found))) == (12, 12)


def test_a_workbook_imported_again_speaks_of_the_same_nodes():
    assert with_uids(bare(), uids(), like=draft()) == dump(load(draft()))


def test_what_has_a_uid_keeps_it():
    assert with_uids(draft(), uids()) == draft()
