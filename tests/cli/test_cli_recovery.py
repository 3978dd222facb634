"""``contact recovery``, and ``seal`` under a policy that asks for it; ``seal --group``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cloison.actions.groups import make_group, set_members
from cloison.actions.session import Session
from cloison.actions.unlock import unlock
from cloison.settings.values import Settings
from cloison.vault.unlocking import PassphraseSecret
from cloison.wording.catalogue import LANGUAGES
from cloison_crypto.slots import passphrase_bytes
from command_line import PASSPHRASE, Office
from policies import ASKS_FOR_RECOVERY, fr_version


def opened(office: Office) -> Session:
    """The officer's vault."""
    return unlock(
        office.officer,
        alias=None,
        secret=PassphraseSecret(passphrase=passphrase_bytes(PASSPHRASE)),
        settings=Settings(),
        clock=office.line.clock,
        randomness=os.urandom,
    )


def under_recovery(office: Office) -> str:
    """Everybody follows a policy that asks for recovery at SECRET; a SECRET note."""
    line = office.line
    Path("fr2.xml").write_bytes(fr_version(2, ASKS_FOR_RECOVERY))
    signed = line.ask(office.authority, "authority", "sign-policy", "fr2.xml", "--out", "fr2.signed")
    assert signed
    for vault in (office.officer, office.reader):
        line.ask(vault, "policy", "import", "fr2.signed")
    return office.marked_note("[S] Dauphin")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_sealed_until_a_recovery_contact_is_set(office: Office, language: str) -> None:
    line, uid = office.line, under_recovery(office)
    to = ("--to", office.contact_id(office.officer, "Lecteur"))
    recovery = office.contact_id(office.officer, "Partenaire")

    shown = line.on(office.officer, "contact", "recovery", "--lang", language)
    preview = line.ask(office.officer, "seal", uid, *to, "--preview")
    unset = line.on(office.officer, "seal", uid, *to, "--out", "out", "--lang", language)
    line.ask(office.officer, "contact", "recovery", recovery)
    weak = line.on(office.officer, "seal", uid, *to, "--out", "out", "--lang", language)

    assert ("Aucun contact" if language == "fr" else "No recovery") in shown.out
    assert preview["recovery"] == {"name": None, "extra": False, "problem": "NOT_SET"}
    assert (unset.code, weak.code) == (4, 4)
    assert ("recouvrement" if language == "fr" else "recovery") in unset.err
    assert "Partenaire" in weak.err
    assert not Path("out").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_recovery_package_is_in_the_table_and_among_the_packages(office: Office, language: str) -> None:
    line, uid = office.line, under_recovery(office)
    mine = office.contact_id(office.officer, "Lecteur")
    line.ask(office.officer, "contact", "recovery", mine)
    low = office.marked_note("[S] Dauphin", title="[S] Autre")
    me = office.contact_id(office.officer, "Officier")

    table = line.on(office.officer, "seal", low, "--to", me, "--preview", "--lang", language)
    preview = line.ask(office.officer, "seal", low, "--to", me, "--preview")
    packages = line.ask(office.officer, "seal", low, "--to", me, "--out", "out")["packages"]
    among = line.ask(office.officer, "seal", uid, "--to", mine, "--out", "out")["packages"]

    assert "Lecteur" in table.out
    assert preview["recovery"] == {"name": "Lecteur", "extra": True, "problem": None}
    assert [(one["recipient"], one.get("recovery")) for one in packages] == [("Officier", None), ("Lecteur", True)]
    assert [(one["recipient"], one.get("recovery")) for one in among] == [("Lecteur", None)]


def test_a_recovery_contact_is_shown_and_removed(office: Office) -> None:
    line = office.line
    someone = office.contact_id(office.officer, "Lecteur")

    given = line.ask(office.officer, "contact", "recovery", someone)["recovery"]
    shown = line.on(office.officer, "contact", "recovery")
    both = line.on(office.officer, "contact", "recovery", someone, "--none")
    removed = line.ask(office.officer, "contact", "recovery", "--none")["recovery"]

    assert (given["name"], removed) == ("Lecteur", None)
    assert "Lecteur" in shown.out
    assert both.code == 2


def test_a_group_is_whoever_is_in_it(office: Office) -> None:
    line, uid = office.line, office.marked_note("[DR] Corneille", title="[DR] Titre")
    ids = [office.contact_id(office.officer, name) for name in ("Lecteur", "Partenaire")]
    session = opened(office)
    with session.vault:
        set_members(session, make_group(session, "Lecteurs").id, ids)

    packages = line.ask(office.officer, "seal", uid, "--group", "Lecteurs", "--to", ids[0], "--out", "out")["packages"]

    assert sorted(one["recipient"] for one in packages) == ["Lecteur", "Partenaire"]
    assert line.on(office.officer, "seal", uid, "--group", "Personne", "--out", "out").code == 2
    assert line.on(office.officer, "seal", uid, "--out", "out").code == 2
