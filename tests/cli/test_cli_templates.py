"""``template`` and ``note new``."""

from __future__ import annotations

import pytest

from cloison.cli.exits import Exit
from command_line import Office


def test_a_note_becomes_a_template_and_others_are_begun_with_it(office: Office) -> None:
    note = office.marked_note("[S] Le commandant.", title="[DR] Fiche de port")
    ask = office.line.ask

    ask(office.officer, "template", "add", note)
    listed = ask(office.officer, "template", "list", "--compartment", "Dossier")["templates"]
    begun = ask(office.officer, "note", "new", "--compartment", "Dossier", "--template", "Fiche de port")

    assert listed[0] == {"id": note, "name": "Fiche de port", "title_label": "[DR]", "shipped": False}
    assert (begun["label"], begun["unmarked"]) == ("[S]", 0)
    ask(office.officer, "template", "remove", note)
    assert all(
        one["shipped"] for one in ask(office.officer, "template", "list", "--compartment", "Dossier")["templates"]
    )


@pytest.mark.parametrize(("language", "name", "said"), [("fr", "Synthèse", "commencée"), ("en", "Summary", "begun")])
def test_a_shipped_template_is_named_in_each_language(office: Office, language: str, name: str, said: str) -> None:
    office.line.ask(office.officer, "compartment", "add", "Dossier")
    told = office.line.on(
        office.officer, "note", "new", "--compartment", "Dossier", "--template", name, "--lang", language
    )
    refused = office.line.on(office.officer, "note", "new", "--compartment", "Dossier", "--template", "x")

    assert (told.code, said in told.out, refused.code) == (Exit.DONE, True, Exit.USAGE)
