"""Defaults, the person's file and the machine's file, and every way one of them may be wrong."""

import dataclasses
from pathlib import Path

import pytest

from cloison.settings.errors import BadSettingError, Kind, SettingsError, UnknownSettingError, UnreadableSettingsError
from cloison.settings.files import LARGEST_FILE, check_machine_file, load
from cloison.settings.values import NAMES, Origin, Settings, Source, Theme


@pytest.fixture
def person(tmp_path: Path) -> Path:
    return tmp_path / "person.toml"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    return tmp_path / "machine.toml"


def test_without_files_every_value_is_the_shipped_default(person: Path, machine: Path) -> None:
    settings = load(person, machine)

    assert settings == Settings()
    assert {settings.origin(name) for name in NAMES} == {Origin()}


def test_the_person_changes_the_default(person: Path, machine: Path) -> None:
    person.write_text('language = "en"\ntheme = "dark"\n', encoding="utf-8")

    settings = load(person, machine)

    assert (settings.language, settings.theme) == ("en", Theme.DARK)
    assert settings.origin("language") == Origin(source=Source.PERSON, file=person)
    assert settings.origin("policy").source is Source.DEFAULT


def test_the_machine_wins_over_the_person(person: Path, machine: Path) -> None:
    person.write_text("idle_lock_seconds = 600\n", encoding="utf-8")
    machine.write_text("idle_lock_seconds = 120\n", encoding="utf-8")

    settings = load(person, machine)

    assert settings.idle_lock_seconds == 120
    assert settings.origin("idle_lock_seconds") == Origin(source=Source.MACHINE, file=machine)


def test_a_locked_value_wins_and_says_that_it_is_locked(person: Path, machine: Path) -> None:
    person.write_text('policy = "FR"\n', encoding="utf-8")
    machine.write_text('policy = "EU"\n[locked]\npolicy = "NATO"\n', encoding="utf-8")

    settings = load(person, machine)

    assert settings.policy == "NATO"
    assert settings.origin("policy") == Origin(source=Source.MACHINE, file=machine, locked=True)


def test_a_vault_is_named_by_its_whole_path(person: Path, machine: Path, tmp_path: Path) -> None:
    person.write_text(f"vault = '{tmp_path}'\n", encoding="utf-8")

    assert load(person, machine).vault == tmp_path


def test_settings_cannot_be_changed_after_loading(person: Path, machine: Path) -> None:
    settings = load(person, machine)

    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.language = "en"  # type: ignore[misc]
    with pytest.raises(TypeError):
        settings.origins["language"] = Origin()  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param('langage = "fr"', "langage", id="misspelt"),
        pytest.param('[locked]\nlangage = "fr"', "locked.langage", id="misspelt under locked"),
        pytest.param('[window]\ntheme = "dark"', "window", id="a table nobody knows"),
        pytest.param("origins = {}", "origins", id="the name of a field that is no setting"),
    ],
)
def test_an_unknown_key_is_an_error_naming_key_and_file(person: Path, machine: Path, text: str, key: str) -> None:
    machine.write_text(text, encoding="utf-8")

    with pytest.raises(UnknownSettingError) as caught:
        load(person, machine)

    assert (caught.value.key, caught.value.file) == (key, machine)


def test_a_person_cannot_lock(person: Path, machine: Path) -> None:
    person.write_text('[locked]\nlanguage = "en"\n', encoding="utf-8")

    with pytest.raises(UnknownSettingError) as caught:
        load(person, machine)

    assert (caught.value.key, caught.value.file) == ("locked", person)


@pytest.mark.parametrize(
    ("text", "key", "kind"),
    [
        pytest.param('language = "de"', "language", Kind.CHOICE, id="a language there is not"),
        pytest.param("language = 1", "language", Kind.CHOICE, id="a number for a language"),
        pytest.param("language = ['fr']", "language", Kind.CHOICE, id="a list for a language"),
        pytest.param('theme = "pink"', "theme", Kind.CHOICE, id="a theme there is not"),
        pytest.param("idle_lock_seconds = 0", "idle_lock_seconds", Kind.SECONDS, id="no idle lock"),
        pytest.param("idle_lock_seconds = 3601", "idle_lock_seconds", Kind.SECONDS, id="an idle lock too long"),
        pytest.param("idle_lock_seconds = true", "idle_lock_seconds", Kind.SECONDS, id="a boolean for seconds"),
        pytest.param("clipboard_seconds = 1.5", "clipboard_seconds", Kind.SECONDS, id="a fraction of a second"),
        pytest.param('policy = ""', "policy", Kind.POLICY_NAME, id="no policy"),
        pytest.param('policy = "F\\u202eR"', "policy", Kind.POLICY_NAME, id="a policy with a direction override"),
        pytest.param(f'policy = "{"x" * 65}"', "policy", Kind.POLICY_NAME, id="a policy name too long"),
        pytest.param("policy = 3", "policy", Kind.POLICY_NAME, id="a number for a policy"),
        pytest.param('vault = "notes"', "vault", Kind.FOLDER, id="a vault relative to nobody knows where"),
        pytest.param('vault = "/a\\u0000b"', "vault", Kind.FOLDER, id="a zero byte in a path"),
        pytest.param('member = ""', "member", Kind.MEMBER, id="a member without a name"),
        pytest.param('card_library = "p11.so"', "card_library", Kind.FILE, id="a library on some path"),
        pytest.param("vault = 1", "vault", Kind.FOLDER, id="a number for a vault"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "locked."])
def test_a_bad_value_is_an_error_naming_key_and_file(
    person: Path, machine: Path, text: str, key: str, kind: Kind, prefix: str
) -> None:
    machine.write_text("[locked]\n" * bool(prefix) + text, encoding="utf-8")

    with pytest.raises(BadSettingError) as caught:
        load(person, machine)

    assert (caught.value.key, caught.value.file) == (prefix + key, machine)
    assert caught.value.expected.kind is kind


def test_locked_must_be_a_table(person: Path, machine: Path) -> None:
    machine.write_text("locked = true", encoding="utf-8")

    with pytest.raises(BadSettingError) as caught:
        load(person, machine)

    assert (caught.value.key, caught.value.expected.kind) == ("locked", Kind.TABLE)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"language = ", id="cut short"),
        pytest.param(b"language = '\xff'", id="not UTF-8"),
        pytest.param(b"language = 'fr'\nlanguage = 'en'", id="twice the same key"),
        pytest.param(b"#" * (LARGEST_FILE + 1), id="too large"),
    ],
)
def test_what_is_not_toml_is_refused_naming_the_file(person: Path, machine: Path, content: bytes) -> None:
    person.write_bytes(content)

    with pytest.raises(UnreadableSettingsError) as caught:
        load(person, machine)

    assert caught.value.file == person
    assert caught.value.reason


def test_a_folder_in_the_place_of_the_file_is_refused(person: Path, machine: Path) -> None:
    machine.mkdir()

    with pytest.raises(UnreadableSettingsError) as caught:
        load(person, machine)

    assert caught.value.file == machine


def test_a_machine_file_can_be_checked_by_itself(machine: Path) -> None:
    machine.write_text('[locked]\nlanguage = "fr"\n', encoding="utf-8")

    check_machine_file(machine)


@pytest.mark.parametrize("text", ["langage = 'fr'", "language = 'xx'", "[locked"], ids=["unknown", "bad", "broken"])
def test_checking_a_machine_file_raises_what_loading_would(machine: Path, text: str) -> None:
    machine.write_text(text, encoding="utf-8")

    with pytest.raises(SettingsError):
        check_machine_file(machine)


def test_checking_a_file_that_is_not_there_is_an_error(machine: Path) -> None:
    with pytest.raises(UnreadableSettingsError):
        check_machine_file(machine)
