"""``identity``, ``card``, ``authority``, ``trust``, ``contact``: cards going round between real vaults."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from cloison.directory.card import Card, Role
from cloison.directory.carte import write_carte
from cloison.wording.catalogue import LANGUAGES
from command_line import CommandLine, Office
from service import Clock
from suite_one import suite_one_signer

WORDS = 24


def test_my_identity_is_shown_in_characters_and_in_words(line: CommandLine, vault: Path) -> None:
    given = line.ask(vault, "identity", "show")

    assert given.keys() == {"fingerprint", "words", "name", "suites"}
    assert given["suites"] == [1, 2]
    assert given["name"] == "Officier"
    assert len(given["words"].split()) == WORDS
    assert given["fingerprint"] in line.on(vault, "identity", "show").out


def test_the_words_are_those_of_the_language(line: CommandLine, vault: Path) -> None:
    french, english = (line.ask(vault, "identity", "show", "--lang", language)["words"] for language in LANGUAGES)

    assert french != english


def test_an_exported_card_shows_whose_it_is_without_a_vault(line: CommandLine, vault: Path) -> None:
    exported = line.ask(vault, "card", "export", "me.carte")

    assert line.run("card", "show", "me.carte", "--json").given == exported
    assert "Officier" in line.run("card", "show", "me.carte", "--lang", "en").out


def test_a_card_says_which_suites_it_has_keys_of(line: CommandLine, vault: Path, clock: Clock) -> None:
    signer = suite_one_signer(bytes(96))
    old = Card(
        identity=signer.public,
        name="Correspondant ancien",
        role=Role.MEMBER,
        issued=clock.now,
        expires=clock.now + timedelta(days=30),
        serial=1,
    )
    Path("old.carte").write_bytes(write_carte(signer.card_envelope(old), ()))
    line.ask(vault, "card", "export", "me.carte")

    assert line.run("card", "show", "old.carte", "--json").given["suites"] == [1]
    assert "seule suite 1" in line.run("card", "show", "old.carte", "--lang", "fr").out
    assert "suites 1 et 2" in line.run("card", "show", "me.carte", "--lang", "fr").out


def test_an_export_replaces_no_file(line: CommandLine, vault: Path) -> None:
    Path("me.carte").write_text("mine")

    assert line.on(vault, "card", "export", "me.carte").code == 2
    assert Path("me.carte").read_text() == "mine"


def test_a_flipped_byte_makes_a_card_no_card(line: CommandLine, vault: Path) -> None:
    line.ask(vault, "card", "export", "me.carte")
    content = bytearray(Path("me.carte").read_bytes())
    content[len(content) // 2] ^= 1
    Path("me.carte").write_bytes(content)

    outcome = line.run("card", "show", "me.carte")

    assert (outcome.code, outcome.out) == (3, "")
    assert len(outcome.err.splitlines()) == 1


def test_an_authority_is_a_member_who_became_one(line: CommandLine, vault: Path) -> None:
    refused = line.on(vault, "authority", "card", "a.carte")
    line.ask(vault, "authority", "init", "Officier de sécurité")
    made = line.ask(vault, "authority", "card", "a.carte")

    assert refused.code == 4
    assert made["name"] == "Officier de sécurité"
    assert "autorité" in line.run("card", "show", "a.carte").out


def test_a_member_endorses_nobody(line: CommandLine, vault: Path) -> None:
    line.ask(vault, "card", "export", "me.carte")

    outcome = line.on(
        vault, "authority", "endorse", "me.carte", "--clearance", "S", "--nationality", "FRA", "--out", "o.carte"
    )

    assert outcome.code == 4
    assert not Path("o.carte").exists()


def endorse(office: Office, *words: object) -> int:
    bare = office.partner.with_suffix(".bare")
    return office.line.on(office.authority, "authority", "endorse", bare, "--out", "o.carte", *words).code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(("--clearance", "[DR-SF]", "--nationality", "DEU"), 4, id="special France for a foreigner"),
        pytest.param(("--clearance", "[DR]", "--nationality", "Allemagne"), 2, id="no nationality"),
        pytest.param(("--clearance", "[XX]", "--nationality", "DEU"), 3, id="no mark"),
        pytest.param(("--clearance", "DR", "--nationality", "DEU", "--until", "demain"), 2, id="no date"),
        pytest.param(("--clearance", "DR", "--nationality", "DEU", "--until", "2020-01-01"), 2, id="a past date"),
        pytest.param(("--clearance", "DR", "--nationality", "DEU", "--compartment-id", "x"), 2, id="no identifier"),
    ],
)
def test_an_endorsement_that_cannot_be_is_not_made(office: Office, words: tuple[str, ...], code: int) -> None:
    assert endorse(office, *words) == code
    assert not Path("o.carte").exists()


@pytest.mark.parametrize(("language", "said"), [("fr", "31 décembre 2026"), ("en", "31 December 2026")])
def test_an_endorsement_says_until_when(office: Office, language: str, said: str) -> None:
    outcome = office.line.on(
        office.authority, "authority", "endorse", office.partner.with_suffix(".bare"), "--clearance", "DR",
        "--nationality", "DEU", "--out", "o.carte", "--until", "2026-12-31", "--lang", language,
    )  # fmt: skip

    assert outcome.code == 0
    assert said in outcome.out
    assert "DIFFUSION RESTREINTE" in outcome.out


def test_an_endorsement_may_take_a_clearance_file(office: Office) -> None:
    xml = (
        '<c:ConfidentialityClearance xmlns:c="urn:nato:stanag:4774:confidentialityclearance:1:0" '
        'xmlns:s="urn:nato:stanag:4774:confidentialitymetadatalabel:1:0">'
        '<s:PolicyIdentifier URI="urn:oid:1.3.6.1.4.1.99999.1.1">FR</s:PolicyIdentifier>'
        "<c:ClassificationList><s:Classification>NON PROTÉGÉ</s:Classification></c:ClassificationList>"
        "</c:ConfidentialityClearance>"
    )
    Path("clearance.xml").write_text(xml, encoding="utf-8")

    given = office.line.ask(
        office.authority, "authority", "endorse", office.partner.with_suffix(".bare"), "--clearance", "clearance.xml",
        "--nationality", "DEU", "--out", "o.carte",
    )  # fmt: skip

    assert given["clearance"] == "{NON PROTÉGÉ}"


def test_an_authority_is_trusted_by_its_whole_fingerprint_only(office: Office) -> None:
    line, stranger = office.line, office.line.new_vault("Étranger")
    whole = line.run("card", "show", "authority.carte", "--json").given["fingerprint"]
    codes = [
        line.on(stranger, "trust", "authority.carte", "--fingerprint", typed).code
        for typed in (whole[:24], whole.replace(whole[0], "a" if whole[0] != "a" else "b"), "1" * 52, whole.upper())
    ]

    assert codes == [4, 4, 4, 0]


def test_a_trusted_authority_is_listed_with_its_scope_and_removed(office: Office) -> None:
    line, stranger = office.line, office.line.new_vault("Étranger")
    whole = line.run("card", "show", "authority.carte", "--json").given["fingerprint"]

    line.ask(
        stranger, "trust", "--fingerprint", whole, "authority.carte", "--scope", "S", "--nationality", "FRA",
        "--nationality", "BEL",
    )  # fmt: skip
    (trusted,) = line.ask(stranger, "trust", "list")["authorities"]
    shown = line.on(stranger, "trust", "list").out
    left = line.ask(stranger, "trust", "remove", whole)

    assert trusted["nationalities"] == ["BEL", "FRA"]
    assert trusted["scope"] == "{NON PROTÉGÉ|DIFFUSION RESTREINTE|SECRET}"
    assert "SECRET" in shown
    assert "BEL FRA" in shown
    assert left == {"authorities": []}


def test_an_authority_without_limits_is_listed_as_such(office: Office) -> None:
    assert "toutes" in office.line.on(office.officer, "trust", "list").out
    assert office.line.ask(office.officer, "trust", "list")["authorities"][0]["scope"] is None


@pytest.mark.parametrize(("fingerprint", "said"), [("abcd", "52"), ("a" * 52, "listedesautorités")])
def test_an_authority_nobody_trusts_cannot_be_removed(office: Office, fingerprint: str, said: str) -> None:
    outcome = office.line.on(office.officer, "trust", "remove", fingerprint)

    assert outcome.code == 2
    assert said in outcome.err.replace(" ", "")


def test_a_members_card_is_no_authority(office: Office) -> None:
    card = office.reader.with_suffix(".carte")
    whole = office.line.run("card", "show", card, "--json").given["fingerprint"]

    assert office.line.on(office.officer, "trust", card, "--fingerprint", whole).code == 4


def test_the_directory_says_what_holds_for_each(office: Office) -> None:
    known = {one["name"]: one for one in office.line.ask(office.officer, "contact", "list")["contacts"]}

    assert known["Officier"]["state"] == "self"
    assert (known["Lecteur"]["state"], known["Lecteur"]["nationality"]) == ("endorsed", "FRA")
    assert known["Partenaire"]["clearance"] == "{NON PROTÉGÉ|DIFFUSION RESTREINTE}"
    assert known["Lecteur"].keys() == {
        "id", "name", "fingerprint", "suites", "state", "clearance", "nationality", "until", "compared_at",
        "changed_from", "replaced_by", "looks_like",
    }  # fmt: skip


@pytest.mark.parametrize(("language", "said"), [("fr", "attestée"), ("en", "endorsed")])
def test_the_directory_is_read_in_each_language(office: Office, language: str, said: str) -> None:
    out = office.line.on(office.officer, "contact", "list", "--lang", language).out

    assert said in out
    assert "SECRET – SPÉCIAL FRANCE" in out


def test_a_card_without_endorsement_says_that_nothing_is_for_it(office: Office) -> None:
    stranger = office.line.new_vault("Étranger")
    office.line.ask(stranger, "card", "export", "stranger.carte")

    outcome = office.line.on(office.officer, "contact", "add", "stranger.carte")

    assert outcome.code == 0
    assert "Aucune autorité" in outcome.out
    assert office.line.on(office.officer, "contact", "list").code == 0


def test_a_compared_fingerprint_is_kept(office: Office) -> None:
    contact = office.contact_id(office.officer, "Lecteur")
    start = office.line.run("card", "show", office.reader.with_suffix(".carte"), "--json").given["fingerprint"][:24]

    refused = office.line.on(office.officer, "contact", "confirm", contact, "--fingerprint", start[:9])
    wrong = office.line.on(office.officer, "contact", "confirm", contact, "--fingerprint", "a" * 20)
    done = office.line.on(office.officer, "contact", "confirm", contact.upper(), "--fingerprint", start)

    assert (refused.code, wrong.code, done.code) == (4, 4, 0)
    assert "empreinte comparée" in office.line.on(office.officer, "contact", "list").out


@pytest.mark.parametrize("contact", ["0" * 32, "Lecteur"])
def test_a_contact_there_is_not_is_wrong_usage(office: Office, contact: str) -> None:
    assert office.line.on(office.officer, "contact", "confirm", contact, "--fingerprint", "a" * 20).code == 2


def test_a_name_that_is_known_already_is_told_when_its_card_comes_in_and_in_the_list(office: Office) -> None:
    again = office.line.new_vault("Lесteur")
    office.line.ask(again, "card", "export", "again.carte")

    added = office.line.on(office.officer, "contact", "add", "again.carte", "--lang", "en")
    listed = office.line.on(office.officer, "contact", "list", "--lang", "fr")

    assert "looks like that of somebody else known here: Lecteur" in added.err
    assert "ressemble à celui" in listed.err


def test_new_keys_are_told_to_whoever_knew_the_old_ones(office: Office) -> None:
    line, reader = office.line, office.reader
    old = line.ask(reader, "identity", "show")["fingerprint"]
    line.ask(office.officer, "contact", "confirm", office.contact_id(office.officer, "Lecteur"), "--fingerprint", old)

    renewed = line.ask(reader, "identity", "renew")
    line.ask(reader, "card", "export", "new.carte")
    added = line.on(office.officer, "contact", "add", "new.carte", "--lang", "fr")
    known = line.ask(office.officer, "contact", "list")["contacts"]

    assert renewed["fingerprint"] != old
    assert line.ask(reader, "identity", "show")["fingerprint"] == renewed["fingerprint"]
    assert "Officier avait comparée" in added.err
    assert [one["state"] for one in known if one["fingerprint"] == renewed["fingerprint"]] == ["imported"]
    assert [one["replaced_by"] is None for one in known if one["name"] == "Lecteur"].count(False) == 1


def test_new_keys_may_come_with_a_new_name_that_can_be_read(line: CommandLine, vault: Path) -> None:
    assert line.on(vault, "identity", "renew", "--name", "\u202eOfficier").code == 2
    assert line.ask(vault, "identity", "renew", "--name", "Officière")["name"] == "Officière"


def test_a_card_issued_anew_has_the_same_fingerprint(office: Office) -> None:
    line = office.line
    before = line.ask(office.reader, "identity", "show")
    line.clock.advance(days=365)

    after = line.ask(office.reader, "card", "reissue")
    line.ask(office.reader, "card", "export", "later.carte")

    assert after["fingerprint"] == before["fingerprint"]
    assert line.on(office.officer, "contact", "add", "later.carte").code == 0
    assert line.on(office.officer, "contact", "add", office.reader.with_suffix(".carte")).code == 4


@pytest.mark.parametrize(("language", "said"), [("fr", "prend fin le"), ("en", "ends on")])
def test_what_ends_soon_is_told_in_the_directory(office: Office, language: str, said: str) -> None:
    quiet = office.line.ask(office.officer, "contact", "list")["endings"]
    office.line.clock.advance(days=340)

    soon = office.line.ask(office.officer, "contact", "list")["endings"]
    outcome = office.line.on(office.officer, "contact", "list", "--lang", language)

    assert quiet == []
    assert {one["what"] for one in soon} == {"my endorsement", "endorsement", "list"}
    assert said in outcome.err


def test_an_authority_is_followed_under_the_policies_named_and_its_list_is_told(office: Office) -> None:
    line, stranger = office.line, office.line.new_vault("Étranger")
    whole = line.run("card", "show", "authority.carte", "--json").given["fingerprint"]

    unknown = line.on(stranger, "trust", "authority.carte", "--fingerprint", whole, "--policy", "ABSENTE")
    line.ask(stranger, "trust", "authority.carte", "--fingerprint", whole, "--policy", "FR")
    line.ask(office.authority, "authority", "list-export", "list")
    line.ask(stranger, "contact", "revocations", "list")
    (trusted,) = line.ask(stranger, "trust", "list")["authorities"]

    assert unknown.code == 3
    assert trusted["policies"] == ["1.3.6.1.4.1.99999.1.1"]
    assert (trusted["accepted_by"], trusted["list"], trusted["list_state"]) == ("Étranger", 1, "fresh")
    assert "numéro 1" in line.on(stranger, "trust", "list", "--lang", "fr").out


@pytest.mark.parametrize(("language", "said"), [("fr", "anciennes clés"), ("en", "old keys")])
def test_an_authority_with_new_keys_is_trusted_beside_its_old_ones(office: Office, language: str, said: str) -> None:
    line = office.line
    renewed = line.ask(office.authority, "identity", "renew")["fingerprint"]
    line.ask(office.authority, "authority", "card", "new.carte")

    outcome = line.on(office.officer, "trust", "new.carte", "--fingerprint", renewed, "--lang", language)

    assert outcome.code == 0
    assert said in outcome.err
    assert len(line.ask(office.officer, "trust", "list")["authorities"]) == 2
