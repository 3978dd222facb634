"""Extraction, the written form of the catalogues, and the lint that keeps them complete."""

import os
from pathlib import Path

import pytest

import messages
from build_hook import compile_catalogues, po_file, stale_catalogues
from extraction import Message, MessagesError, extract
from messages import faults, tidy, update

ROOT = Path(__file__).parents[2]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A project whose command line says two things."""
    for name in ("wording", "ui", "cli"):
        (tmp_path / "desktop" / "cloison" / name).mkdir(parents=True)
    for name in ("supervisor.py", "__main__.py"):
        (tmp_path / "desktop" / "cloison" / name).write_text("", encoding="utf-8")
    say(tmp_path, 'words.text("Copy {number}", number=1)\nwords.plural("{count} note", "{count} notes", 3)\n')
    update(tmp_path)
    translate(tmp_path, '"Copy {number}"', '"Exemplaire {number}"')
    french = po_file(tmp_path, "fr")
    filled = (
        french.read_text(encoding="utf-8")
        .replace('[0] ""', '[0] "une fiche"')
        .replace('[1] ""', '[1] "{count} fiches"')
    )
    french.write_text(filled, encoding="utf-8")
    return tmp_path


def say(tree: Path, code: str) -> None:
    (tree / "desktop" / "cloison" / "cli" / "app.py").write_text(code, encoding="utf-8")


def translate(tree: Path, msgid: str, msgstr: str) -> None:
    file = po_file(tree, "fr")
    before, after = file.read_text(encoding="utf-8").split(f"msgid {msgid}\nmsgstr ", 1)
    file.write_text(f"{before}msgid {msgid}\nmsgstr {msgstr}\n" + after.split("\n", 1)[1], encoding="utf-8")


def extract_from(tmp_path: Path, code: str) -> frozenset[Message]:
    file = tmp_path / "code.py"
    file.write_text(code, encoding="utf-8")
    return extract([file])


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param('c.text("Lock")', {Message("Lock")}, id="text"),
        pytest.param('text("Lock")', {Message("Lock")}, id="text by itself"),
        pytest.param('c.text("Lock " "now")', {Message("Lock now")}, id="in two literals"),
        pytest.param('c.text("Lock" if x else "Open")', {Message("Lock"), Message("Open")}, id="one of two"),
        pytest.param('N_("Lock")', {Message("Lock")}, id="marked"),
        pytest.param('c.text_in("button", "Lock")', {Message("Lock", context="button")}, id="in a context"),
        pytest.param('c.plural("note", "notes", n)', {Message("note", "notes")}, id="plural"),
        pytest.param("c.text(variable)", set(), id="a variable, marked elsewhere"),
        pytest.param("line.text()", set(), id="a widget's own text"),
        pytest.param('[f][0]("Lock")', set(), id="a call without a name"),
        pytest.param('other("Lock")', set(), id="another call"),
    ],
)
def test_messages_are_found_in_code(tmp_path: Path, code: str, expected: set[Message]) -> None:
    assert extract_from(tmp_path, code) == expected


@pytest.mark.parametrize("code", ['c.text(f"Lock {x}")', 'c.text("Lock " + x)', 'c.text("Lock %s" % x)'])
def test_a_message_put_together_from_pieces_is_refused(tmp_path: Path, code: str) -> None:
    with pytest.raises(MessagesError, match=r"code\.py:1: "):
        extract_from(tmp_path, code)


def test_a_complete_catalogue_has_no_fault(tree: Path) -> None:
    assert faults(tree) == []


def test_updating_again_changes_nothing(tree: Path) -> None:
    before = po_file(tree, "fr").read_bytes()

    update(tree)

    assert po_file(tree, "fr").read_bytes() == before


def test_update_adds_what_is_new_in_order_and_keeps_what_was_translated(tree: Path) -> None:
    say(tree, 'w.text("Copy {number}")\nw.plural("{count} note", "{count} notes", 3)\nw.text("Also")\nw.text("Lock")\n')

    update(tree)

    text = po_file(tree, "fr").read_text(encoding="utf-8")
    assert (
        text.index('"Also"')
        < text.index('"Copy {number}"')
        < text.index('"Exemplaire {number}"')
        < text.index('"Lock"')
    )
    assert faults(tree) == ["fr: no translation: 'Also'", "fr: no translation: 'Lock'"]


def test_the_written_form_carries_no_line_numbers_and_no_dates(tree: Path) -> None:
    text = po_file(tree, "fr").read_text(encoding="utf-8")

    assert "app.py" not in text
    assert "Date" not in text


def test_what_is_not_used_any_more_stays_until_pruned(tree: Path) -> None:
    say(tree, 'w.text("Copy {number}")\n')

    update(tree)
    kept = faults(tree)
    update(tree, prune=True)

    assert kept == ["fr: not used any more: '{count} note'", "en: not used any more: '{count} note'"]
    assert faults(tree) == []


def test_a_message_that_is_not_in_the_catalogue_is_a_fault(tree: Path) -> None:
    say(tree, 'w.text("Copy {number}")\nw.plural("{count} note", "{count} notes", 3)\nw.text("New")\n')

    assert faults(tree) == ["fr: not in the catalogue: 'New'", "en: not in the catalogue: 'New'"]


@pytest.mark.parametrize(
    ("msgstr", "fault"),
    [
        pytest.param('""', "no translation", id="empty"),
        pytest.param('"Exemplaire"', "other places than in English", id="a place left out"),
        pytest.param('"Exemplaire {nombre}"', "other places than in English", id="a place translated"),
        pytest.param('"Exemplaire {number:>9}"', "other places than in English", id="a place with a width of its own"),
        pytest.param('"Exemplaire {number"', "braces that do not pair", id="a brace left open"),
        pytest.param('"Exemplaire : {number}"', "spaces or apostrophes that are not French", id="a space that breaks"),
        pytest.param(
            '"L\'exemplaire {number}"', "spaces or apostrophes that are not French", id="a typist's apostrophe"
        ),
    ],
)
def test_a_wrong_translation_is_a_fault(tree: Path, msgstr: str, fault: str) -> None:
    translate(tree, '"Copy {number}"', msgstr)

    assert faults(tree) == [f"fr: {fault}: 'Copy {{number}}'"]


def test_a_fuzzy_translation_is_a_fault(tree: Path) -> None:
    file = po_file(tree, "fr")
    file.write_text(file.read_text(encoding="utf-8").replace('msgid "Copy', '#, fuzzy\nmsgid "Copy'), encoding="utf-8")

    assert faults(tree) == ["fr: fuzzy: 'Copy {number}'"]


def test_a_place_that_is_not_a_plain_name_is_a_fault(tree: Path) -> None:
    say(tree, 'w.text("Copy {copy.number}")\n')
    update(tree, prune=True)
    translate(tree, '"Copy {copy.number}"', '"Exemplaire {copy.number}"')

    assert faults(tree)[0] == "fr: a place that is not a plain name: 'Copy {copy.number}'"


def test_an_order_of_ones_own_is_a_fault(tree: Path) -> None:
    file = po_file(tree, "en")
    file.write_text(file.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")

    assert faults(tree) == ["en: not in its written form"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("l'été", "l\u2019été"),
        ("qu'{name}", "qu\u2019{name}"),
        ("Vraiment ?", "Vraiment\u202f?"),
        ("Attention ! Fin ; suite", "Attention\u202f! Fin\u202f; suite"),
        ("Note : suite", "Note\u00a0: suite"),
        ("« NP »", "«\u00a0NP\u00a0»"),
        ("100 %", "100\u00a0%"),
        ("12:30, --as=A", "12:30, --as=A"),
    ],
)
def test_french_gets_its_typography(typed: str, expected: str) -> None:
    assert tidy("fr", typed) == expected
    assert tidy("en", typed) == typed


def test_compiling_gives_the_same_bytes_again(tree: Path) -> None:
    compiled = po_file(tree, "fr").with_suffix(".mo")

    compile_catalogues(tree)
    first = compiled.read_bytes()
    compile_catalogues(tree)

    assert compiled.read_bytes() == first


def test_a_compiled_catalogue_older_than_its_source_is_stale(tree: Path) -> None:
    never = stale_catalogues(tree)
    compile_catalogues(tree)
    fresh = stale_catalogues(tree)
    later = po_file(tree, "fr").stat().st_mtime + 10
    os.utime(po_file(tree, "fr"), (later, later))

    assert (never, fresh, stale_catalogues(tree)) == (True, False, True)


@pytest.mark.parametrize("verb", ["update", "prune", "check", "compile"])
def test_every_verb_works_on_a_complete_tree(tree: Path, monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    monkeypatch.setattr(messages, "ROOT", tree)

    assert messages.main([verb]) == 0


def test_check_gives_one_and_names_each_fault(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(messages, "ROOT", tree)
    say(tree, 'w.text(f"Copy {number}")')

    assert messages.main(["check"]) == 1
    assert "not put together" in capsys.readouterr().out


def test_another_verb_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.main(["delete"]) == 2
    assert "update" in capsys.readouterr().err


def test_every_sentence_of_the_project_is_said_in_french() -> None:
    assert faults(ROOT) == []
