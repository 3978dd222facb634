"""``authority revoke``, ``authority list-export``, ``contact revocations``: lists going round between real vaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import Office


def fingerprint(office: Office, of: Path) -> str:
    return str(office.line.run("card", "show", of.with_suffix(".carte"), "--json").given["fingerprint"])


def exported(office: Office, *words: str) -> Path:
    file = office.line.folder / "list"
    file.unlink(missing_ok=True)
    office.line.ask(office.authority, "authority", "list-export", file, *words)
    return file


def states(office: Office) -> dict[str, str]:
    return {one["name"]: one["state"] for one in office.line.ask(office.officer, "contact", "list")["contacts"]}


@pytest.mark.parametrize(("language", "said"), [("fr", "révoquée le"), ("en", "was revoked on")])
def test_a_revoked_card_falls_where_the_list_is_taken_in(office: Office, language: str, said: str) -> None:
    office.line.ask(office.authority, "authority", "revoke", fingerprint(office, office.reader))

    outcome = office.line.on(office.officer, "contact", "revocations", exported(office), "--lang", language)

    assert outcome.code == 0
    assert said in outcome.err
    assert states(office)["Lecteur"] == "revoked"


def test_a_revoked_endorsement_leaves_the_card(office: Office) -> None:
    office.line.ask(office.authority, "authority", "revoke", fingerprint(office, office.reader), "--endorsement")

    given = office.line.ask(office.officer, "contact", "revocations", exported(office))

    assert [one["fallen"] for one in given["revocations"]] == ["endorsement"]
    assert [one["name"] for one in given["contacts"]] == ["Lecteur"]
    assert states(office)["Lecteur"] == "imported"


def test_a_list_says_when_the_next_is_due(office: Office) -> None:
    file = office.line.folder / "list"

    given = office.line.ask(office.authority, "authority", "list-export", file, "--next-due", "2026-12-31")
    outcome = office.line.on(office.officer, "contact", "revocations", file, "--lang", "fr")

    assert (given["number"], given["next_due"]) == (1, "2026-12-31T23:59:59Z")
    assert "31 décembre 2026" in outcome.out


def test_an_old_list_is_refused_once_a_later_one_is_known(office: Office) -> None:
    first = exported(office).rename(office.line.folder / "first")
    office.line.ask(office.officer, "contact", "revocations", exported(office))

    outcome = office.line.on(office.officer, "contact", "revocations", first, "--lang", "en")

    assert outcome.code == 4
    assert "is older than the one known here, 2" in outcome.err


def test_what_is_no_list_is_invalid(office: Office) -> None:
    altered = bytearray(exported(office).read_bytes())
    altered[-1] ^= 1
    Path("altered").write_bytes(altered)

    assert office.line.on(office.officer, "contact", "revocations", "altered").code == 3
    assert office.line.on(office.officer, "contact", "revocations", "absent").code == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(("revoke", "abcd"), 2, id="no fingerprint"),
        pytest.param(("list-export", "l", "--next-due", "demain"), 2, id="no date"),
        pytest.param(("list-export", "l", "--next-due", "2020-01-01"), 2, id="a past date"),
        pytest.param(("list-export", "l", "--next-due", "2099-01-01"), 4, id="too far off"),
    ],
)
def test_a_list_that_cannot_be_is_not_made(office: Office, words: tuple[str, ...], code: int) -> None:
    assert office.line.on(office.authority, "authority", *words).code == code
    assert not Path("l").exists()


def test_a_member_makes_no_list(office: Office) -> None:
    assert office.line.on(office.officer, "authority", "list-export", "l").code == 4
    assert office.line.on(office.officer, "authority", "revoke", fingerprint(office, office.reader)).code == 4


def test_the_table_says_that_nothing_leaves_under_my_own_revoked_card(office: Office) -> None:
    note = office.marked_note("[DR] Corneille")
    wanted = ("seal", note, "--to", office.contact_id(office.officer, "Lecteur"), "--lang", "fr")
    before = office.line.on(office.officer, *wanted, "--preview")
    office.line.ask(office.authority, "authority", "revoke", fingerprint(office, office.officer))
    office.line.ask(office.officer, "contact", "revocations", exported(office))

    shown = office.line.on(office.officer, *wanted, "--preview")
    refused = office.line.on(office.officer, *wanted, "--out", office.line.folder / "out")

    assert (before.code, before.err) == (0, "")
    assert shown.code == 0
    assert shown.err == refused.err
    assert refused.code == 4


def test_a_sealed_note_for_a_revoked_reader_is_refused_with_the_reason(office: Office) -> None:
    note = office.marked_note("[S] un")
    reader = office.contact_id(office.officer, "Lecteur")
    office.line.ask(office.authority, "authority", "revoke", fingerprint(office, office.reader))
    office.line.ask(office.officer, "contact", "revocations", exported(office))

    preview = office.line.ask(office.officer, "seal", note, "--to", reader, "--preview")
    shown = office.line.on(office.officer, "seal", note, "--to", reader, "--preview", "--lang", "fr")
    refused = office.line.on(office.officer, "seal", note, "--to", reader, "--out", "out", "--lang", "fr")

    assert preview["recipients"][0]["shortfall"] == "revoked"
    assert "carte révoquée" in shown.out
    assert refused.code == 4
    assert "révoquée par une autorité" in refused.err


def test_trust_decisions_are_on_the_register(office: Office) -> None:
    office.line.ask(office.officer, "compartment", "add", "Dossier")
    office.line.ask(office.officer, "contact", "revocations", exported(office))

    out = office.line.on(office.officer, "register", "list", "--kind", "trust", "--lang", "fr").out

    assert "liste de révocation 1" in out
