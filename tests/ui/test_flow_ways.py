"""Ways into the vault in the window: listed with what they protect from, added, removed, and nothing falls unsaid."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cloison.actions.session import Session
from cloison.actions.unlock import unlock
from cloison.actions.ways import load_key_file
from cloison.keystore.errors import KeystoreError
from cloison.keystore.keystores import Keystores
from cloison.ui.clerk import Clerk
from cloison.ui.kit import Kit
from cloison.ui.notice import Tone
from cloison.ui.person.access_page import AccessPage
from cloison.ui.person.passphrase_page import PassphrasePage
from cloison.ui.person.recovery_sheet import RecoverySheet
from cloison.ui.person.removal_page import RemovalPage
from cloison.ui.person.way_page import WayPage
from cloison.ui.unlock.way import Way
from cloison.vault.errors import VaultError
from cloison.vault.unlocking import CardSecret, KeyringSecret, PassphraseSecret, RecoverySecret, Secret
from cloison_crypto.slots import LOWEST
from keystores import PIN, MemoryKeyring, SoftCard
from office import PASSPHRASE, Office

Ask = Callable[[Clerk, Callable[[Session], object]], object]
GOOD = "abeille barrage citron dormir effacer"


class Bench:
    """One vault, its person's keyring, card and medium, and what each page does there."""

    def __init__(self, clerk: Clerk, office: Office, ask: Ask, qtbot: QtBot, medium: Path) -> None:
        self.clerk, self.office, self.ask, self.qtbot, self.medium = clerk, office, ask, qtbot, medium
        self.keyring = MemoryKeyring()
        self.card = SoftCard()
        clerk.kit = replace(clerk.kit, keystores=self._keystores)

    def _keystores(self) -> Keystores:
        return Keystores(keyring=lambda: self.keyring, card=lambda pin, _: self.card.with_pin(pin))

    @property
    def key_file(self) -> Path:
        return self.medium / f"{self.office.officer.stem}.cle"

    def page(self, way: Way) -> WayPage:
        made = WayPage(self.clerk, way, cost=LOWEST)
        self._show(made)
        made.old.passphrase.line.setText(PASSPHRASE)
        return made

    def add(self, *ways: Way) -> None:
        """Add a way as a person does."""
        for way in ways:
            page = self.page(way)
            page.pin.line.setText(PIN)
            page.folder.set_folder(self.medium)
            with self.qtbot.waitSignal(page.added, timeout=10_000):
                page.add.click()

    def removal(self, way: Way) -> RemovalPage:
        slots = self.clerk.session.vault.ways.slots()
        made = RemovalPage(self.clerk, next(one for one in slots if one.kind == way.value))
        self._show(made)
        self.qtbot.waitUntil(lambda: bool(made._ways))
        made._old.passphrase.line.setText(PASSPHRASE)
        return made

    def change(self) -> PassphrasePage:
        made = PassphrasePage(self.clerk, by_recovery=False, cost=LOWEST)
        self._show(made)
        self.qtbot.waitUntil(lambda: bool(made._ways))
        made._old.passphrase.line.setText(PASSPHRASE)
        for field in (made._new._first, made._new._again):
            field.line.setText(GOOD)
        return made

    def kinds(self) -> list[str]:
        return [one.kind for one in self.clerk.session.vault.ways.slots()]

    def opens(self, *secrets: Secret) -> list[bool]:
        """Close the vault, and say which secrets open it."""
        self.ask(self.clerk, lambda session: session.vault.close())
        return [self._opens(secret) for secret in secrets]

    def by_keyring(self, passphrase: str = PASSPHRASE) -> KeyringSecret:
        return KeyringSecret(passphrase=bytearray(passphrase.encode()), keyring=self.keyring)

    def by_card(self, passphrase: str = PASSPHRASE) -> CardSecret:
        return CardSecret(passphrase=bytearray(passphrase.encode()), card=self.card.with_pin(PIN))

    def _opens(self, secret: Secret) -> bool:
        kit = self.clerk.kit
        try:
            session = unlock(
                self.office.officer,
                alias=None,
                secret=secret,
                settings=kit.settings,
                clock=kit.clock,
                randomness=kit.randomness,
            )
        except (VaultError, KeystoreError):
            return False
        session.vault.close()
        return True

    def _show(self, page: WayPage | RemovalPage | PassphrasePage) -> None:
        self.qtbot.addWidget(page)
        page.resize(900, 900)
        page.show()
        page.arrive()


@pytest.fixture
def bench(
    clerk_of: Callable[[Path], Clerk], office: Office, asked: Ask, qtbot: QtBot, tmp_path: Path, kit: Kit
) -> Bench:
    medium = tmp_path / "medium"
    medium.mkdir()
    return Bench(clerk_of(office.officer), office, asked, qtbot, medium)


def type_back(sheet: RecoverySheet | None) -> str:
    assert sheet is not None
    for number, line in zip(sheet.asked, sheet._lines, strict=True):
        line.setText(sheet._groups[number])
    return "-".join(sheet._groups)


def access_page(bench: Bench) -> AccessPage:
    made = AccessPage(bench.clerk)
    bench.qtbot.addWidget(made)
    made.resize(900, 900)
    made.show()
    made.arrive()
    bench.qtbot.waitUntil(lambda: made.ways.list.count() > 0)
    return made


def test_each_way_is_listed_with_what_it_protects_from(bench: Bench) -> None:
    bench.add(Way.KEYRING)

    page = access_page(bench)

    shown = [page.ways.list.item(number).toolTip() for number in range(page.ways.list.count())]
    assert len(shown) == 3
    assert "away from this machine" in shown[2]
    assert page.ways.weakest.text().startswith("The passphrase alone still opens the vault")
    assert [way for way in Way if page.ways.button(way).isVisible()] == [Way.KEYRING, Way.CARD, Way.KEY_FILE]


def test_the_page_leads_to_adding_and_removing(bench: Bench, qtbot: QtBot) -> None:
    page = access_page(bench)

    with qtbot.waitSignal(page.way_asked) as asked:
        page.ways.button(Way.CARD).click()
    assert asked.args == [Way.CARD]
    with qtbot.waitSignal(page.removal_asked) as removal:
        page.ways.remove.click()
    assert removal.args[0].kind == "passphrase"


def test_every_way_that_was_added_opens(bench: Bench) -> None:
    bench.add(Way.KEY_FILE, Way.KEYRING, Way.CARD)

    assert bench.kinds() == ["passphrase", "recovery", "keyfile", "keyring", "card"]
    assert bench.opens(load_key_file(bench.key_file), bench.by_keyring(), bench.by_card()) == [True] * 3


def test_wrong_passphrase_adds_nothing(bench: Bench, qtbot: QtBot) -> None:
    page = bench.page(Way.KEYRING)
    page.old.passphrase.line.setText("not this one")
    page.add.click()
    qtbot.waitUntil(lambda: page.notice.isVisible(), timeout=10_000)

    assert page.notice.tone is Tone.REFUSED
    assert bench.keyring.entries == {}
    assert page.old.passphrase.text == ""


def test_locked_keyring_is_said_and_adds_nothing(bench: Bench, qtbot: QtBot) -> None:
    bench.keyring.is_locked = True
    page = bench.page(Way.KEYRING)
    page.add.click()
    qtbot.waitUntil(lambda: page.notice.isVisible(), timeout=10_000)

    assert page.notice.sentence.startswith("The keyring of this machine is locked.")
    assert len(bench.kinds()) == 2


@pytest.mark.parametrize("way", [Way.CARD, Way.KEY_FILE], ids=["no PIN", "no folder"])
def test_what_is_missing_is_asked_for_first(bench: Bench, way: Way) -> None:
    page = bench.page(way)
    page.add.click()

    assert page._form.isEnabled()
    assert len(bench.kinds()) == 2


def test_without_what_opens_the_vault_nothing_begins(bench: Bench) -> None:
    page = bench.page(Way.KEYRING)
    page.old.passphrase.clear()
    page.add.click()

    assert page._form.isEnabled()


def test_removed_way_opens_no_more_once_the_new_code_is_typed_back(bench: Bench, qtbot: QtBot) -> None:
    bench.add(Way.KEYRING)
    page = bench.removal(Way.KEYRING)
    page._change.click()
    qtbot.waitUntil(lambda: page._sheet is not None, timeout=10_000)
    with qtbot.assertNotEmitted(page.left):
        page.leave()
    code = type_back(page._sheet)
    with qtbot.waitSignals([page.back_asked, page.changed]):
        page.finish.click()

    assert bench.keyring.entries == {}
    right = PassphraseSecret(passphrase=bytearray(PASSPHRASE.encode()))
    new, old = (RecoverySecret(code=one) for one in (code, bench.office.recovery_code))
    assert bench.opens(right, new, old, bench.by_keyring()) == [True, True, False, False]


def test_recovery_code_is_removed_and_a_new_one_added(bench: Bench, qtbot: QtBot) -> None:
    removal = bench.removal(Way.RECOVERY)
    with qtbot.waitSignal(removal.changed, timeout=10_000) as removed:
        removal._change.click()
    assert removed.args == ["This opens the vault no more: recovery code. Copies made before still open with it."]

    page = bench.page(Way.RECOVERY)
    page.add.click()
    qtbot.waitUntil(lambda: page._sheet is not None, timeout=10_000)
    with qtbot.assertNotEmitted(page.left):
        page.leave()
    code = type_back(page._sheet)
    with qtbot.waitSignal(page.added):
        page.finish.click()

    assert bench.opens(RecoverySecret(code=code)) == [True]


def test_what_would_fall_is_said_and_falls_only_when_told_again(bench: Bench, qtbot: QtBot) -> None:
    bench.add(Way.KEY_FILE, Way.CARD)
    page = bench.removal(Way.RECOVERY)
    assert page._keep.key_file.isVisible()
    assert page._keep.pin.isVisible()
    page._change.click()
    qtbot.waitUntil(lambda: page._anyway.isVisible(), timeout=10_000)

    assert page.notice.tone is Tone.BEWARE
    assert "key file · passphrase and smart card" in page.notice.sentence
    assert len(bench.kinds()) == 4
    with qtbot.waitSignal(page.changed, timeout=10_000):
        page._anyway.click()
    assert bench.kinds() == ["passphrase"]


def test_what_is_given_goes_on_opening_the_vault(bench: Bench, qtbot: QtBot) -> None:
    bench.add(Way.KEY_FILE, Way.KEYRING, Way.CARD)
    page = bench.removal(Way.RECOVERY)
    page._keep.key_file.line.setText(str(bench.key_file))
    page._keep.pin.line.setText(PIN)
    with qtbot.waitSignal(page.changed, timeout=10_000):
        page._change.click()

    assert bench.opens(load_key_file(bench.key_file), bench.by_keyring(), bench.by_card()) == [True] * 3


def test_wrong_pin_changes_nothing_and_is_not_sent_again(bench: Bench, qtbot: QtBot) -> None:
    bench.add(Way.CARD)
    page = bench.removal(Way.RECOVERY)
    page._keep.pin.line.setText("1111")
    page._change.click()
    qtbot.waitUntil(lambda: page.notice.isVisible(), timeout=10_000)

    assert page.notice.sentence.startswith("The card refused the PIN.")
    assert page._keep.pin.text == ""
    assert bench.card.tries_left == 2
    assert bench.kinds() == ["passphrase", "recovery", "card"]


def test_new_passphrase_counts_beside_every_second_factor(bench: Bench, qtbot: QtBot) -> None:
    bench.add(Way.KEYRING, Way.CARD)
    page = bench.change()
    page._keep.pin.line.setText(PIN)
    page._change.click()
    qtbot.waitUntil(lambda: page._sheet is not None, timeout=10_000)

    assert bench.opens(bench.by_keyring(GOOD), bench.by_card(GOOD), bench.by_keyring()) == [True, True, False]


def test_card_beside_its_own_way_is_not_asked_for_twice(bench: Bench) -> None:
    bench.add(Way.CARD)
    page = bench.removal(Way.RECOVERY)

    page._old.button(Way.CARD).click()

    assert page._old.pin.isVisible()
    assert not page._keep.pin.isVisible()
