"""``authority sign-policy``, ``policy import``, ``policy list`` of a vault, ``note relabel``."""

from __future__ import annotations

from pathlib import Path

import pytest

from cloison.wording.catalogue import LANGUAGES
from command_line import CommandLine, Office, found_office
from policies import fr_version

RENAMED = (
    ('name="SECRET" lacv="3"', 'name="SECRET FRANCE" lacv="3"'),
    ('classification name="SECRET" ', 'classification name="SECRET FRANCE" '),
)


@pytest.fixture
def office(line: CommandLine) -> Office:
    return found_office(line)


def signed(office: Office, version: int, *changes: tuple[str, str]) -> Path:
    file = office.line.folder / f"fr{version}.xml"
    file.write_bytes(fr_version(version, *changes))
    given = office.line.ask(office.authority, "authority", "sign-policy", file)
    assert (given["name"], given["version"]) == ("FR", version)
    return Path(given["file"])


def test_a_signed_policy_is_taken_in_listed_and_entered(office: Office) -> None:
    office.marked_note("[S] Paragraphe.")
    file = signed(office, 2)

    given = office.line.ask(office.officer, "policy", "import", file)
    listed = office.line.ask(office.officer, "policy", "list")["policies"]

    assert file.name == "fr2.xml.signed"
    assert (given["version"], given["authority"]) == (2, "Officier de sécurité")
    assert [(one["version"], one["in_force"]) for one in listed if one["name"] == "FR"] == [(1, False), (2, True)]
    assert [one["since"] is None for one in listed if one["name"] == "FR"] == [False, False]
    (entry,) = office.line.ask(office.officer, "register", "list", "--kind", "policy")["entries"]
    assert (entry["number"], entry["note"], entry["kind"]) == (given["register"], None, "policy")
    assert office.line.ask(office.officer, "vault", "info")["policy"] == "FR"


def test_a_version_that_was_taken_in_is_shown_whole(office: Office) -> None:
    office.line.ask(office.officer, "policy", "import", signed(office, 2, *RENAMED))

    assert "SECRET FRANCE" in office.line.ask(office.officer, "policy", "show", "FR")["levels"]
    assert "SECRET" in office.line.run("policy", "show", "FR", "--json").given["levels"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_taken_in_is_said(office: Office, language: str) -> None:
    file = signed(office, 2)

    first = office.line.on(office.officer, "policy", "import", file, "--lang", language)
    again = office.line.on(office.officer, "policy", "import", file, "--lang", language)
    listed = office.line.on(office.officer, "policy", "list", "--lang", language)

    assert "Officier de sécurité" in first.out and "P-2026-00001" in first.out
    assert again.code == 0 and "P-2026" not in again.out
    assert "Officier de sécurité" in listed.out


def test_a_lower_version_is_refused_and_a_forged_file_is_invalid(office: Office) -> None:
    newer, older = signed(office, 3), signed(office, 2)
    assert office.line.on(office.officer, "policy", "import", newer).code == 0
    forged = office.line.folder / "forged.signed"
    content = bytearray(newer.read_bytes())
    content[-5] ^= 1
    forged.write_bytes(content)

    assert office.line.on(office.officer, "policy", "import", older).code == 4
    assert office.line.on(office.officer, "policy", "import", forged).code == 3
    assert office.line.on(office.officer, "policy", "import", older.with_suffix("")).code == 3


def test_only_an_authority_signs_and_never_a_broken_policy(office: Office) -> None:
    file = office.line.folder / "fr2.xml"
    file.write_bytes(fr_version(2))
    broken = office.line.folder / "broken.xml"
    broken.write_bytes(fr_version(2, ('hierarchy="2"', 'hierarchy="1"')))

    assert office.line.on(office.officer, "authority", "sign-policy", file).code == 4
    assert office.line.on(office.authority, "authority", "sign-policy", broken).code == 3
    assert list(office.line.folder.glob("*.signed")) == []


def test_marks_are_compared_and_renewed_when_asked(office: Office) -> None:
    uid = office.marked_note("[S] Paragraphe.", "[NP] Autre.", title="[NP] Titre")
    office.line.ask(office.officer, "policy", "import", signed(office, 2, *RENAMED))

    shown = office.line.ask(office.officer, "note", "relabel", uid)
    refused = office.line.on(office.officer, "note", "relabel", uid, "--apply")
    done = office.line.ask(office.officer, "note", "relabel", uid, "--apply", "--reason", "Version 2")

    assert shown["revision"] is None
    assert [(one["portion"], one["before"], one["after"], one["says_the_same"]) for one in shown["marks"]] == [
        (0, "[NP]", "[NP]", True),
        (1, "[S]", "[S]", False),
        (2, "[NP]", "[NP]", True),
    ]
    (version,) = shown["versions"]
    assert (version["before"], version["after"], len(version["changes"])) == (1, 2, 1)
    assert refused.code == 4
    assert done["revision"] == 2
    assert office.line.ask(office.officer, "note", "show", uid)["banner"] == "SECRET FRANCE"
    assert office.line.ask(office.officer, "note", "relabel", uid, "--apply")["revision"] is None


@pytest.mark.parametrize(("language", "word"), [("fr", "s’appelle désormais"), ("en", "is now called")])
def test_a_comparison_is_said(office: Office, language: str, word: str) -> None:
    uid = office.marked_note("[S] Paragraphe.")
    before = office.line.on(office.officer, "note", "relabel", uid, "--lang", language).out
    office.line.ask(office.officer, "policy", "import", signed(office, 2, *RENAMED))

    told = office.line.on(office.officer, "note", "relabel", uid, "--lang", language).out

    assert len(before.splitlines()) == 1
    assert word in told
