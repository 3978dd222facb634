"""``seal``, ``open``, ``print``, ``copy``, ``register``: what goes out, what comes in, and what is entered."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from cloison.actions import files
from cloison.vault import files as vault_files
from cloison.wording.catalogue import LANGUAGES
from command_line import Office

PARAGRAPHS = ("[NP] Bouvreuil", "[DR] Corneille", "[S] Dauphin", "[S-SF] Épervier aux longues ailes grises de mer")


def recipients(office: Office, *names: str) -> list[str]:
    return [word for name in names for word in ("--to", office.contact_id(office.officer, name))]


def seal(office: Office, *names: str, paragraphs: tuple[str, ...] = PARAGRAPHS) -> list[dict[str, Any]]:
    uid = office.marked_note(*paragraphs)
    found: list[dict[str, Any]] = office.line.ask(
        office.officer, "seal", uid, *recipients(office, *names), "--out", "out"
    )["packages"]
    return found


def test_each_recipient_gets_a_package_with_their_own_rendition(office: Office) -> None:
    first, second = seal(office, "Lecteur", "Partenaire")

    assert (first["recipient"], first["label"], first["portions"]) == ("Lecteur", "[S]", 3)
    assert (second["recipient"], second["label"], second["portions"]) == ("Partenaire", "[DR]", 2)
    assert first.keys() == {"note", "recipient", "file", "sha256", "label", "copy", "portions", "attachments"}
    assert hashlib.sha256(Path(first["file"]).read_bytes()).hexdigest() == first["sha256"]


@pytest.mark.parametrize(("language", "said"), [("fr", "2 plis sont scellés"), ("en", "2 packages were sealed")])
def test_sealing_says_how_many_and_where_they_are_entered(office: Office, language: str, said: str) -> None:
    uid = office.marked_note(*PARAGRAPHS)

    outcome = office.line.on(
        office.officer, "seal", uid, *recipients(office, "Lecteur", "Partenaire"), "--out", "out",
        "--reply-expected", "--show-distribution", "--lang", language,
    )  # fmt: skip

    assert outcome.code == 0
    assert said in outcome.out
    assert "D-2026-00001" in outcome.out


def test_a_preview_shows_the_table_and_seals_nothing(office: Office) -> None:
    uid = office.marked_note(*PARAGRAPHS)
    asked = ("seal", uid, *recipients(office, "Lecteur", "Partenaire"), "--preview", "--out", "out")

    outcome = office.line.on(office.officer, *asked)
    given = office.line.ask(office.officer, *asked)["recipients"]

    assert not Path("out").exists()
    assert office.line.ask(office.officer, "register", "list")["entries"] == []
    assert given[0].keys() == {
        "id", "label", "suite", "shortfall", "warnings", "copy_number", "distribution", "portions"
    }  # fmt: skip
    assert [one["decision"] for one in given[0]["portions"]] == ["permit"] * 4 + ["deny"]
    assert given[1]["portions"][0] == {"number": 0, "decision": "deny", "rule": "classification"}
    assert given[0]["portions"][4]["rule"] == "restrictive category"
    assert "SPÉCIAL FRANCE" in outcome.out
    assert "Épervier aux longues ailes gris…" in outcome.out


def test_a_preview_in_english_says_who_gets_nothing(office: Office) -> None:
    uid = office.marked_note("[S-SF] un", title="[S-SF] Titre")

    outcome = office.line.on(
        office.officer, "seal", uid, *recipients(office, "Partenaire"), "--preview", "--lang", "en"
    )

    assert outcome.code == 0
    assert "nothing to read" in outcome.out


def test_a_preview_says_whose_card_is_not_established_far_enough(office: Office) -> None:
    line = office.line
    bare = office.reader.with_suffix(".bare")
    line.ask(office.authority, "authority", "endorse", bare, "--clearance", "TS", "--nationality", "FRA", "--out", "ts")
    line.clock.advance(days=1)
    line.ask(office.authority, "authority", "endorse", bare, "--clearance", "TS", "--nationality", "FRA", "--out", "t2")
    line.ask(office.officer, "contact", "add", "t2")
    uid = office.marked_note("[TS] un", title="[TS] Titre")

    preview = line.on(office.officer, "seal", uid, *recipients(office, "Lecteur"), "--preview")
    sealed = line.on(office.officer, "seal", uid, *recipients(office, "Lecteur"), "--out", "out")

    assert "empreinte non comparée" in preview.out
    assert sealed.code == 4
    assert "Lecteur" in sealed.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_unmarked_paragraphs_are_named_and_nothing_is_sealed(office: Office, language: str) -> None:
    uid = office.marked_note("[S] un", "deux", "trois", title="Titre")

    outcome = office.line.on(
        office.officer, "seal", uid, *recipients(office, "Lecteur"), "--out", "out", "--lang", language
    )

    assert outcome.code == 4
    assert ("titre, 2, 3" if language == "fr" else "title, 2, 3") in outcome.err
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(("--to", "0" * 32, "--out", "out"), 2, id="nobody known"),
        pytest.param(("--to", "Lecteur", "--out", "out"), 2, id="a name"),
        pytest.param(("--to", "0" * 32), 2, id="nowhere to go"),
        pytest.param(("--out", "out"), 2, id="no recipient"),
    ],
)
def test_a_seal_that_is_not_understood_is_wrong_usage(office: Office, words: tuple[str, ...], code: int) -> None:
    uid = office.marked_note(*PARAGRAPHS)

    assert office.line.on(office.officer, "seal", uid, *words).code == code
    assert not Path("out").exists()


def test_one_recipient_who_may_read_nothing_stops_all(office: Office) -> None:
    uid = office.marked_note("[S] un")

    outcome = office.line.on(office.officer, "seal", uid, *recipients(office, "Lecteur", "Partenaire"), "--out", "out")

    assert outcome.code == 4
    assert "Partenaire" in outcome.err


def test_a_package_is_verified_and_kept_only_where_a_compartment_is_named(office: Office) -> None:
    line, (package,) = office.line, seal(office, "Lecteur")
    line.ask(office.reader, "compartment", "add", "Arrivées")

    verified = line.ask(office.reader, "open", package["file"])
    before = line.ask(office.reader, "note", "list")["notes"]
    accepted = line.ask(office.reader, "open", package["file"], "--compartment", "Arrivées")

    told = {"status": "verified", "reason": None, "sender": "Officier", "label": "[S]", "note": None}
    assert verified == {**told, "missing": 0, "new_life": False}
    assert before == []
    assert (accepted["status"], accepted["sender"], accepted["label"]) == ("accepted", "Officier", "[S]")
    assert line.ask(office.reader, "note", "show", accepted["note"])["title"] == "Titre Alouette"


@pytest.mark.parametrize(("language", "said"), [("fr", "authentique"), ("en", "genuine")])
def test_a_genuine_package_is_said_to_be_so(office: Office, language: str, said: str) -> None:
    line, (package,) = office.line, seal(office, "Partenaire")
    line.ask(office.partner, "compartment", "add", "Arrivées")

    outcome = line.on(office.partner, "open", package["file"], "--compartment", "Arrivées", "--lang", language)

    assert said in outcome.out
    assert outcome.out.splitlines()[0] == "DIFFUSION RESTREINTE"
    assert "Alouette" not in outcome.out


def test_a_second_opening_is_refused(office: Office) -> None:
    line, (package,) = office.line, seal(office, "Lecteur")
    line.ask(office.reader, "compartment", "add", "Arrivées")
    line.ask(office.reader, "open", package["file"], "--compartment", "Arrivées")

    outcome = line.on(office.reader, "open", package["file"], "--json")

    assert outcome.code == 4
    assert outcome.given == {
        "status": "refused",
        "reason": "AlreadyReceivedError",
        "sender": None,
        "label": None,
        "note": None,
    }
    assert "déjà" in outcome.err


def test_somebody_elses_package_is_refused(office: Office) -> None:
    (package,) = seal(office, "Lecteur")

    outcome = office.line.on(office.partner, "open", package["file"], "--json")

    assert (outcome.code, outcome.given["reason"]) == (4, "NotForMeError")


def test_a_forged_package_is_damaged(office: Office) -> None:
    (package,) = seal(office, "Lecteur")
    content = bytearray(Path(package["file"]).read_bytes())
    content[-20] ^= 1
    Path("forged.pli").write_bytes(content)

    outcome = office.line.on(office.reader, "open", "forged.pli", "--json")

    assert (outcome.code, outcome.given["status"], outcome.given["reason"]) == (3, "refused", "ForgedPackageError")


def test_a_sender_whose_card_expired_is_named(office: Office) -> None:
    (package,) = seal(office, "Lecteur")
    office.line.clock.advance(days=6 * 365)

    outcome = office.line.on(office.reader, "open", package["file"], "--json")

    assert (outcome.code, outcome.given["sender"]) == (4, "Officier")


@pytest.mark.parametrize(("words", "code"), [(("absent.pli",), 2), (("a.pli", "--compartment", "Aucun"), 2)])
def test_opening_what_is_not_there_is_wrong_usage(office: Office, words: tuple[str, ...], code: int) -> None:
    Path("a.pli").write_bytes(b"age-encryption.org/v1\n")

    assert office.line.on(office.reader, "open", *words).code == code


def test_one_copy_is_printed_for_each_holder(office: Office) -> None:
    uid = office.marked_note(*PARAGRAPHS)

    given = office.line.ask(
        office.officer, "print", uid, "--holder", "Mme Mercier", "--holder", "M. Roux", "--out", "pdf"
    )["copies"]

    assert [(one["number"], one["total"], one["holder"]) for one in given] == [
        (1, 2, "Mme Mercier"),
        (2, 2, "M. Roux"),
    ]
    assert given[0].keys() == {"number", "total", "holder", "file", "register"}
    assert Path(given[0]["file"]).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(("language", "said"), [("fr", "chez son détenteur"), ("en", "with its holder")])
def test_copies_are_listed_by_holder(office: Office, language: str, said: str) -> None:
    uid = office.marked_note(*PARAGRAPHS)
    printed = office.line.on(
        office.officer, "print", uid, "--holder", "Mme Mercier", "--holder", "M. Roux", "--out", "pdf",
        "--lang", language,
    )  # fmt: skip

    out = office.line.on(office.officer, "copy", "list", "--holder", "mme mercier", "--lang", language).out
    (copy,) = office.line.ask(office.officer, "copy", "list", "--holder", "M. Roux")["copies"]

    assert "C-2026-00001" in printed.out
    assert said in out
    assert "M. Roux" not in out
    assert (copy["note"], copy["number"], copy["total"], copy["state"]) == (uid, 2, 2, "printed")


def test_without_copies_the_register_says_so(office: Office) -> None:
    assert "pas d’exemplaire" in office.line.on(office.officer, "copy", "list").out
    assert "pas de ligne" in office.line.on(office.officer, "register", "list").out


@pytest.mark.parametrize("words", [("--holder", "M. Roux"), ("--out", "pdf")], ids=["nowhere", "nobody"])
def test_printing_needs_a_holder_and_a_folder(office: Office, words: tuple[str, ...]) -> None:
    assert office.line.on(office.officer, "print", office.marked_note(*PARAGRAPHS), *words).code == 2


def test_printing_waits_until_all_is_marked(office: Office) -> None:
    uid = office.marked_note("[S] un", "deux")

    assert office.line.on(office.officer, "print", uid, "--holder", "M. Roux", "--out", "pdf").code == 4
    assert not Path("pdf").exists()


def test_a_character_no_font_has_is_named(office: Office) -> None:
    uid = office.marked_note("[S] un \U0001f600 deux")

    outcome = office.line.on(office.officer, "print", uid, "--holder", "M. Roux", "--out", "pdf")

    assert outcome.code == 4
    assert "U+1F600" in outcome.err


@pytest.mark.parametrize(("language", "said"), [("fr", "scellée pour Lecteur"), ("en", "sealed to Lecteur")])
def test_the_register_has_a_line_for_each_act(office: Office, language: str, said: str) -> None:
    seal(office, "Lecteur")

    assert said in office.line.on(office.officer, "register", "list", "--lang", language).out


@pytest.mark.parametrize(
    ("kind", "kinds"),
    [(None, ["dispatch", "copy", "copy"]), ("dispatch", ["dispatch"]), ("COPY", ["copy"] * 2), ("arrival", [])],
)
def test_the_register_may_be_asked_for_one_kind(office: Office, kind: str | None, kinds: list[str]) -> None:
    seal(office, "Lecteur")
    office.line.ask(office.officer, "print", office.marked_note(*PARAGRAPHS), "--holder", "A", "--out", "pdf")
    asked = () if kind is None else ("--kind", kind)

    entries = office.line.ask(office.officer, "register", "list", *asked)["entries"]

    assert sorted(one["kind"] for one in entries) == sorted(kinds)


def test_a_register_there_is_not_is_wrong_usage(office: Office) -> None:
    assert office.line.on(office.officer, "register", "list", "--kind", "burning").code == 2


@pytest.mark.parametrize(("language", "said"), [("fr", "intact"), ("en", "holds")])
def test_an_unbroken_register_is_verified(office: Office, language: str, said: str) -> None:
    seal(office, "Lecteur", "Partenaire")

    outcome = office.line.on(office.officer, "register", "verify", "--lang", language)
    given = office.line.ask(office.officer, "register", "verify")

    assert said in outcome.out
    assert (given["ok"], given["entries"], given["first_bad"]) == (True, 2, None)
    assert given["heads"][0]["head"] in outcome.out


def test_an_altered_register_is_found_out_and_its_first_bad_line_named(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cloison.vault import chain_store

    seal(office, "Lecteur", "Partenaire")
    honest = chain_store.ChainStore.entries

    def altered(store: Any, kind: str | None = None) -> Any:
        first, *rest = honest(store, kind)
        return (first, *(chain_store.ChainRow(sequence=row.sequence, body=row.body, digest=bytes(32)) for row in rest))

    monkeypatch.setattr(chain_store.ChainStore, "entries", altered)

    outcome = office.line.on(office.officer, "register", "verify", "--json")
    listed = office.line.on(office.officer, "register", "list")
    checked = office.line.on(office.officer, "vault", "check", "--json")

    assert (outcome.code, outcome.given["ok"], outcome.given["first_bad"]) == (3, False, 2)
    assert (listed.code, checked.code, checked.given["ok"]) == (3, 3, False)


@pytest.mark.parametrize(
    ("words", "sync", "left"),
    # A file comes to the disk twice: as a part, and with its name. The second package is cut off, and the second copy.
    [(("seal",), 2, 0), (("print", "--holder", "A", "--holder", "B"), 3, 1)],
    ids=["seal: all readers or none", "print: each copy by itself"],
)
def test_work_that_is_stopped_leaves_no_file_and_no_open_number(
    office: Office, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], sync: int, left: int
) -> None:
    uid = office.marked_note(*PARAGRAPHS)
    to = recipients(office, "Lecteur", "Partenaire") if words == ("seal",) else []
    honest = vault_files.sync_folder
    written: list[Path] = []

    def stop_at_that(folder: Path) -> None:
        written.append(folder)
        if len(written) == sync:
            raise KeyboardInterrupt
        honest(folder)

    monkeypatch.setattr(files, "sync_folder", stop_at_that)

    stopped = office.line.on(office.officer, words[0], uid, *words[1:], *to, "--out", "out")

    assert (stopped.code, stopped.out) == (130, "")
    assert "Interrompu" in stopped.err
    assert len(list(Path("out").iterdir())) == left
    assert not list(Path("out").glob("*.part"))
    assert office.line.ask(office.officer, "register", "verify")["ok"]


def test_a_received_paragraph_goes_no_further_without_consent(office: Office) -> None:
    line, (package,) = office.line, seal(office, "Lecteur")
    line.ask(office.reader, "compartment", "add", "Arrivées")
    note = line.ask(office.reader, "open", package["file"], "--compartment", "Arrivées")["note"]
    line.ask(office.reader, "contact", "add", office.partner.with_suffix(".carte"))
    to = ("--to", office.contact_id(office.reader, "Partenaire"))

    preview = line.on(office.reader, "seal", note, *to, "--preview")
    given = line.ask(office.reader, "seal", note, *to, "--preview")["recipients"][0]

    assert "service d’origine" in preview.out
    assert given["portions"][1] == {"number": 1, "decision": "deny", "rule": "originator consent"}


def test_a_note_is_written_to_a_file_and_entered(office: Office) -> None:
    note = office.marked_note("[S] Le cargo.", title="[DR] Port")

    for number, written_as in enumerate(("txt", "json", "pdf")):
        given = office.line.ask(office.officer, "note", "export", note, "--format", written_as, "--out", f"n{number}")

        assert (given["label"], (office.line.folder / given["file"]).exists()) == ("[S]", True)
        assert given["register"][0] == ("C" if written_as == "pdf" else "E")
