"""The first run from the language to the recovery code, making a real vault."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from cloison.actions.compartments import list_compartments
from cloison.actions.people import authorities, myself
from cloison.actions.unlock import unlock
from cloison.directory.card import Card, Role
from cloison.ui.first_run.answers import Made
from cloison.ui.first_run.language_page import LanguagePage
from cloison.ui.first_run.recovery_page import RecoveryPage
from cloison.ui.first_run.wizard import FirstRun
from cloison.ui.kit import Kit
from cloison.ui.lane import Task
from cloison.ui.outcome import Done
from cloison.ui.tasks import Where
from cloison.vault.unlocking import RecoverySecret
from cloison_crypto.slots import LOWEST
from dropping import drop_files
from office import Office

GOOD = "abeille barrage citron dormir effacer"


@pytest.fixture
def wizard(kit: Kit, tmp_path: Path, qtbot: QtBot) -> Iterator[FirstRun]:
    made = FirstRun(kit, tmp_path, cost=LOWEST)
    qtbot.addWidget(made)
    made.resize(1024, 700)
    made.show()
    made.activateWindow()
    yield made
    if made._made is not None:
        with qtbot.waitCallback() as closed:
            kit.runner.start(Where.RECORDS, partial(close, made._made), owner=kit.runner, then=closed)


def close(made: Made, task: Task) -> None:
    made.session.vault.close()


def to_person(wizard: FirstRun) -> None:
    wizard._advance()
    wizard._advance()


def to_passphrase(wizard: FirstRun) -> None:
    to_person(wizard)
    QTest.keyClicks(wizard._person._name, "Jeanne Martin")
    wizard._advance()


def type_passphrase(wizard: FirstRun, first: str, again: str) -> None:
    wizard._passphrase._new._first.line.setText(first)
    wizard._passphrase._new._again.line.setText(again)
    wizard._advance()


def to_recovery(wizard: FirstRun, qtbot: QtBot) -> RecoveryPage:
    to_passphrase(wizard)
    with qtbot.waitSignal(wizard.made):
        type_passphrase(wizard, GOOD, GOOD)
    page = wizard._pages.currentWidget()
    assert isinstance(page, RecoveryPage)
    return page


def test_five_pages_make_a_vault_with_a_compartment(wizard: FirstRun, tmp_path: Path, qtbot: QtBot) -> None:
    page = to_recovery(wizard, qtbot)
    made = wizard._made
    assert made is not None
    groups = made.recovery_code.split("-")
    for number, line in zip(page._sheet.asked, page._sheet._lines, strict=True):
        line.setText(groups[number].lower())

    with qtbot.waitSignal(wizard.finished) as finished:
        QTest.keyClick(page._sheet._lines[-1], Qt.Key.Key_Return)

    assert finished.args == [made]
    assert made.folder == tmp_path / "jeanne-martin.cloison"
    assert wizard._step.text() == "STEP 5 OF 5"


def test_the_compartment_is_there_and_the_code_opens(wizard: FirstRun, kit: Kit, qtbot: QtBot, tmp_path: Path) -> None:
    to_recovery(wizard, qtbot)
    made = wizard._made
    assert made is not None
    with qtbot.waitCallback() as closed:
        kit.runner.start(Where.RECORDS, partial(close, made), owner=kit.runner, then=closed)

    session = unlock(
        made.folder,
        alias=None,
        secret=RecoverySecret(code=made.recovery_code),
        settings=kit.settings,
        clock=kit.clock,
        randomness=kit.randomness,
    )

    assert [one.name for one in list_compartments(session)] == ["Current work"]
    assert session.vault.member.alias == "Jeanne Martin"
    session.vault.close()


def test_the_vault_of_an_authority_has_its_card_and_no_compartment(
    wizard: FirstRun, tmp_path: Path, qtbot: QtBot
) -> None:
    to_person(wizard)
    wizard._person._authority.click()
    assert not wizard._person._compartment_field.isVisible()
    wizard._person._compartment.clear()
    QTest.keyClicks(wizard._person._name, "Security office")
    wizard._advance()
    with qtbot.waitSignal(wizard.made):
        type_passphrase(wizard, GOOD, GOOD)
    made = wizard._made
    assert made is not None
    card = asked_of(made, wizard, qtbot)

    assert made.compartment_id is None
    assert (card.name, card.role) == ("Security office", Role.AUTHORITY)


def asked_of(made: Made, wizard: FirstRun, qtbot: QtBot) -> Card:
    with qtbot.waitCallback() as read:
        wizard._kit.runner.start(
            Where.RECORDS, lambda task: myself(made.session).card, owner=wizard._kit.runner, then=read
        )
    done = (read.args or [None])[0]
    assert isinstance(done, Done)
    assert isinstance(done.value, Card)
    return done.value


def test_the_vault_is_not_finished_before_the_code_is_typed_back(wizard: FirstRun, qtbot: QtBot) -> None:
    page = to_recovery(wizard, qtbot)
    page._sheet._lines[0].setText("ZZZZ")

    with qtbot.assertNotEmitted(wizard.finished):
        wizard._advance()

    number = page._sheet.asked[0] + 1
    assert page._sheet._fault.text() == f"Group {number} is not what is written above: look again."


def test_there_is_no_way_back_once_the_vault_exists(wizard: FirstRun, qtbot: QtBot) -> None:
    to_recovery(wizard, qtbot)
    assert not wizard._back.isVisible()


def test_an_authority_given_with_its_fingerprint_is_trusted(
    wizard: FirstRun, office: Office, kit: Kit, qtbot: QtBot
) -> None:
    wizard._advance()
    wizard._policy._form.take(office.card("authority"))
    wizard._policy._form._typed.setText(office.authority_fingerprint.upper())
    wizard._advance()
    QTest.keyClicks(wizard._person._name, "Jeanne Martin")
    wizard._advance()
    with qtbot.waitSignal(wizard.made):
        type_passphrase(wizard, GOOD, GOOD)

    made = wizard._made
    assert made is not None
    with qtbot.waitCallback() as counted:
        kit.runner.start(Where.RECORDS, lambda task: len(authorities(made.session)), owner=wizard, then=counted)
    assert counted.args is not None
    assert counted.args[0].value == 1


def test_a_fingerprint_that_differs_stops_at_its_page(wizard: FirstRun, office: Office) -> None:
    wizard._advance()
    wizard._policy._form.take(office.card("authority"))
    wizard._policy._form._typed.setText(office.reader_fingerprint)

    wizard._advance()

    assert wizard._pages.currentWidget() is wizard._policy
    assert wizard._policy._form._fingerprint._below.text().startswith("The fingerprint typed is not that of this card.")


def test_a_fingerprint_without_a_card_asks_for_the_card(wizard: FirstRun) -> None:
    wizard._advance()
    wizard._policy._form._typed.setText("abcd")

    wizard._advance()

    assert wizard._policy._form._fingerprint._below.text() == "Choose the authority’s card first."


def test_a_file_that_is_no_card_is_said_where_it_was_dropped(wizard: FirstRun, tmp_path: Path) -> None:
    wizard._advance()
    file = tmp_path / "letter.carte"
    file.write_bytes(b"Dear all")

    drop_files(wizard._policy._form, [file])

    assert wizard._policy._form._file.label.text().startswith("This file is not a card")
    assert wizard._policy._form.given is None


def test_a_card_is_taken_where_it_is_dropped(wizard: FirstRun, office: Office) -> None:
    wizard._advance()

    drop_files(wizard._policy._form, [office.card("authority")])

    assert wizard._policy._form._file.label.text() == "Officier de sécurité"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda page, folder: page._name.clear(), "Type your name."),
        (lambda page, folder: page._compartment.setText("  "), "Give the compartment a name."),
        (lambda page, folder: page._folder.setText("here"), "Type where the folder is"),
        (lambda page, folder: page._folder.setText(str(folder / "no" / "v")), "The folder “"),
        (lambda page, folder: page._folder.setText(str(folder)), "There is something in this place already"),
    ],
    ids=["no name", "no compartment", "not a whole path", "no such place", "not empty"],
)
def test_what_is_missing_is_said_below_its_field(wizard: FirstRun, tmp_path: Path, change, sentence: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "something").touch()
    to_person(wizard)
    QTest.keyClicks(wizard._person._name, "Jeanne Martin")
    change(wizard._person, tmp_path)

    wizard._advance()

    said = [one._below.text() for one in (wizard._person._name_field, wizard._person._folder_field)]
    said.append(wizard._person._compartment_field._below.text())
    assert wizard._pages.currentWidget() is wizard._person
    assert any(one.startswith(sentence) for one in said)


def test_the_folder_follows_the_name_until_it_is_chosen(wizard: FirstRun, tmp_path: Path) -> None:
    to_person(wizard)
    page = wizard._person
    page._name.setText("Éléonore  d’Aumale")
    page._propose_folder(page._name.text())
    assert page.folder == tmp_path / "eleonore-d-aumale.cloison"

    page._take(tmp_path / "medium")
    page._propose_folder("Somebody else")
    assert page.folder == tmp_path / "medium" / "eleonore-d-aumale.cloison"


def test_a_weak_passphrase_is_not_taken(wizard: FirstRun) -> None:
    to_passphrase(wizard)
    type_passphrase(wizard, "azerty2024", "azerty2024")

    assert wizard._pages.currentWidget() is wizard._passphrase
    assert wizard._passphrase._new._fault.text() == "This passphrase is too easy to guess: make it longer."


def test_two_that_differ_are_not_taken(wizard: FirstRun) -> None:
    to_passphrase(wizard)
    type_passphrase(wizard, GOOD, GOOD + "s")

    assert wizard._passphrase._new._fault.text() == "The two are not the same: type it again."


def test_strength_is_said_in_words_as_it_is_typed(wizard: FirstRun) -> None:
    to_passphrase(wizard)
    new = wizard._passphrase._new
    QTest.keyClicks(new._first.line, "azerty")
    assert new._strength.text() == "Very weak: guessed at once."

    QTest.keyClicks(new._first.line, " " + GOOD)
    assert new._strength.text() == "Strong: guessed by nobody in a lifetime."


def test_five_words_are_proposed_and_good_enough(wizard: FirstRun, qtbot: QtBot) -> None:
    to_passphrase(wizard)
    new = wizard._passphrase._new
    new._propose.click()

    proposed = new._proposal.text()
    assert len(proposed.split()) == 5
    with qtbot.waitSignal(wizard.made):
        type_passphrase(wizard, proposed, proposed)


def test_the_other_language_is_chosen_on_the_first_page(wizard: FirstRun, qtbot: QtBot) -> None:
    page = wizard._pages.currentWidget()
    assert isinstance(page, LanguagePage)
    french = next(one for one in page.findChildren(QRadioButton) if one.text() == "Français")

    with qtbot.waitSignal(wizard.language_chosen) as chosen:
        french.click()

    assert chosen.args == ["fr"]


def test_return_goes_from_page_to_page(wizard: FirstRun) -> None:
    QTest.keyClick(wizard._language, Qt.Key.Key_Return)
    assert wizard._pages.currentWidget() is wizard._policy

    QTest.keyClick(wizard._policy._form._typed, Qt.Key.Key_Return)
    assert wizard._pages.currentWidget() is wizard._person


def test_a_folder_that_filled_up_meanwhile_is_a_sentence(wizard: FirstRun, qtbot: QtBot) -> None:
    to_passphrase(wizard)
    folder = wizard._person.folder
    folder.mkdir()
    (folder / "something").touch()
    type_passphrase(wizard, GOOD, GOOD)

    qtbot.waitUntil(lambda: wizard._notice.isVisible())

    assert wizard._notice.sentence.startswith("A vault is only created in a new or an empty folder.")
    wizard._go(2)
    assert wizard._person.name == "Jeanne Martin"


def test_without_a_given_cost_the_machine_is_measured(
    kit: Kit, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cloison.ui.first_run.wizard.measure", lambda seconds: LOWEST)
    wizard = FirstRun(kit, tmp_path)
    qtbot.addWidget(wizard)
    to_passphrase(wizard)

    with qtbot.waitSignal(wizard.made):
        type_passphrase(wizard, GOOD, GOOD)

    made = wizard._made
    assert made is not None
    with qtbot.waitCallback() as closed:
        kit.runner.start(Where.RECORDS, partial(close, made), owner=kit.runner, then=closed)
