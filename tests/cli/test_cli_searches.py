"""``search`` and ``note list --saved``."""

from __future__ import annotations

import pytest

from cloison.cli.exits import Exit
from command_line import Office


@pytest.fixture
def cargo(office: Office) -> str:
    """A note that the search of the tests finds."""
    return office.marked_note("[S] Le cargo décharge.", title="[DR] Port")


def test_a_search_is_saved_listed_asked_again_and_removed(office: Office, cargo: str) -> None:
    office.marked_note("[S] La grue.", title="[DR] Quai")
    ask = office.line.ask

    saved = ask(office.officer, "search", "save", "Au port", "--query", "cargo level:S", "--order", "relevance")

    assert saved == {"name": "Au port", "query": "cargo level:S", "order": "relevance", "compartment": None}
    assert ask(office.officer, "search", "list") == {"searches": [saved]}
    assert [one["uid"] for one in ask(office.officer, "note", "list", "--saved", "au port")["notes"]] == [cargo]
    assert ask(office.officer, "search", "remove", "Au port") == {"searches": []}


@pytest.mark.parametrize(("language", "said"), [("fr", "tous ceux qui sont ouverts"), ("en", "all that are open")])
def test_searches_are_told_in_each_language(office: Office, language: str, said: str) -> None:
    office.line.ask(office.officer, "search", "save", "Port", "--query", "cargo")

    told = office.line.on(office.officer, "search", "list", "--lang", language)

    assert (told.code, said in told.out) == (Exit.DONE, True)


def test_one_of_both_is_asked_for(office: Office) -> None:
    told = office.line.on(office.officer, "note", "list", "--saved", "x", "--search", "y")

    assert told.code == Exit.USAGE
