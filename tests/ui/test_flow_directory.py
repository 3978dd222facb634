"""The directory: people and their cards, fingerprints compared, authorities followed, my own card handed out."""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from cloison.actions.cards import export_card
from cloison.actions.people import authorities, contacts, myself
from cloison.actions.policy_import import sign_policy_file
from cloison.actions.renewal import renew_identity
from cloison.actions.session import Session
from cloison.directory.authority import TrustedAuthority
from cloison.directory.card import Card, Role, sign_card
from cloison.directory.carte import read_carte, write_carte
from cloison.directory.fingerprints import fingerprint_qr, fingerprint_words
from cloison.directory.trust import TrustState
from cloison.labels.clearance import Clearance
from cloison.labels.library import built_in, built_in_file
from cloison.ui.clerk import Clerk
from cloison.ui.directory.page import DirectoryPage
from cloison.ui.directory.qr_view import QUIET
from cloison.ui.notice import Tone
from cloison.ui.theme import Theme
from cloison.vault.ways import PassphraseSecret
from cloison_crypto.identity import Identity, fingerprint_from_text, fingerprint_text
from cloison_crypto.slots import passphrase_bytes
from dropping import drop_files
from office import OFFICER, PARTNER, PASSPHRASE, READER, Office
from service import START, Clock

WORDS_WITH_NUMBERS = re.compile(r"[^\W\d]+")
Ask = Callable[[Clerk, Callable[[Session], object]], object]


@pytest.fixture
def clerk(clerk_of: Callable[[Path], Clerk], office: Office) -> Clerk:
    return clerk_of(office.reader)


@pytest.fixture
def page(clerk: Clerk, qtbot: QtBot) -> DirectoryPage:
    made = DirectoryPage(clerk)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.arrive()
    qtbot.waitUntil(lambda: made.people._list.count() == 2)
    return made


def names(page: DirectoryPage) -> list[str]:
    return [page.people._list.item(row).text() for row in range(page.people._list.count())]


def own(office: Office) -> bytes:
    return fingerprint_from_text(office.reader_fingerprint)


def words_of(lines: str) -> list[str]:
    return WORDS_WITH_NUMBERS.findall(lines)


def modules_of(drawn: QImage) -> list[list[bool]]:
    """What a scanner sees: the middle of each module; only black and white count."""
    side = len(fingerprint_qr(bytes(32))) + 2 * QUIET
    step = drawn.width() / side
    colours = [
        [drawn.pixelColor(int((x + 0.5) * step), int((y + 0.5) * step)).name() for x in range(side)]
        for y in range(side)
    ]
    assert {one for line in colours for one in line} == {"#000000", "#ffffff"}
    return [[one == "#000000" for one in line] for line in colours]


def quiet(code: tuple[tuple[bool, ...], ...]) -> list[list[bool]]:
    """The code with nothing around it."""
    side = len(code) + 2 * QUIET
    empty = [[False] * side for _ in range(QUIET)]
    edge = [False] * QUIET
    return [*empty, *([*edge, *line, *edge] for line in code), *empty]


def card_file(path: Path, identity: Identity, *, name: str, previous: Identity | None = None) -> Path:
    card = Card(
        identity=identity.public,
        name=name,
        role=Role.MEMBER,
        issued=START,
        expires=START + timedelta(days=1000),
        serial=1 if previous is None else 2,
        previous=None if previous is None else previous.public.fingerprint,
    )
    path.write_bytes(write_carte(sign_card(card, identity, previous), ()))
    return path


def take(page: DirectoryPage, card: Path, qtbot: QtBot) -> None:
    page.take_card(card)
    qtbot.waitUntil(lambda: page.notice.isVisible())


def test_everybody_is_listed_with_what_is_established(page: DirectoryPage) -> None:
    assert names(page) == [READER, OFFICER]
    assert page.people._list.item(1).data(Qt.ItemDataRole.AccessibleTextRole) == (
        f"{OFFICER}, TRÈS SECRET – SPÉCIAL FRANCE · FRA · endorsed, fingerprint compared"
    )


def test_a_card_is_added_with_its_endorsement(page: DirectoryPage, office: Office, qtbot: QtBot) -> None:
    take(page, office.card(PARTNER), qtbot)
    qtbot.waitUntil(lambda: len(names(page)) == 3 and page.people.picked is not None)
    qtbot.waitUntil(lambda: page.people._details._name.text() == PARTNER)

    assert page.notice.sentence == f"{PARTNER} is in the directory: endorsed."
    shown = [one.text() for one in page.people._details._lines.values()]
    assert shown[:5] == ["endorsed", "not compared with its holder yet", "member", "DIFFUSION RESTREINTE", "DEU"]


def test_who_compared_a_fingerprint_and_what_endorses_a_card_is_told(page: DirectoryPage, qtbot: QtBot) -> None:
    page.people._list.setCurrentRow(1)
    qtbot.waitUntil(lambda: page.people._details._name.text() == OFFICER)

    shown = [one.text() for one in page.people._details._lines.values()]
    assert shown[1] == f"compared by {READER} on 2026-11-22"
    assert page.people._endorsements.texts == ("Officier de sécurité, from 2026-11-22 to 2027-11-22: counts here",)


def test_an_endorsement_by_nobody_followed_is_told_with_its_reason(page: DirectoryPage, qtbot: QtBot) -> None:
    page.views.show_view(page.authorities)
    qtbot.waitUntil(lambda: page.authorities._list.count() == 1)
    page.authorities.remove.ask.click()
    page.authorities.remove.do.click()
    page.views.show_view(page.people)
    page.people._list.setCurrentRow(1)

    told = ("by an authority that is not followed here",)
    qtbot.waitUntil(lambda: page.people._endorsements.texts == told)


def test_new_keys_are_shown_loudly_until_they_are_compared(
    page: DirectoryPage, clerk: Clerk, office: Office, tmp_path: Path, clerk_of: Callable[[Path], Clerk], qtbot: QtBot
) -> None:
    old, new = Identity.generate(os.urandom), Identity.generate(os.urandom)
    take(page, card_file(tmp_path / "old.carte", old, name="Nora Lindqvist"), qtbot)
    qtbot.waitUntil(lambda: page.people.picked is not None and page.people.picked.card.name == "Nora Lindqvist")
    page.people.form.compared.emit(fingerprint_text(old.public.fingerprint))
    qtbot.waitUntil(lambda: page.notice.sentence.startswith("The fingerprint of Nora Lindqvist is compared"))

    take(page, card_file(tmp_path / "new.carte", new, name="Nora Lindqvist", previous=old), qtbot)
    qtbot.waitUntil(lambda: page.notice.tone is Tone.BEWARE)
    told = page.people.warnings
    qtbot.waitUntil(lambda: bool(told.sentences))

    assert "Nora Lindqvist has new keys, by the word of their old card, which" in page.notice.sentence
    assert told.sentences == (
        f"Nora Lindqvist has new keys, by the word of their old card, which {READER} compared on 22 November 2026. "
        "That comparison does not hold for the new one: compare its fingerprint and have it endorsed.",
    )
    flagged = [page.people._list.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(4)]
    assert sum("new keys" in str(one) for one in flagged) == 1
    assert sum("has a newer card" in str(one) for one in flagged) == 1
    page.people.form.compared.emit(fingerprint_text(new.public.fingerprint))
    qtbot.waitUntil(lambda: not told.sentences)


def test_a_name_that_looks_like_another_is_flagged_on_both(page: DirectoryPage, tmp_path: Path, qtbot: QtBot) -> None:
    stranger = Identity.generate(os.urandom)
    like = OFFICER.replace("O", "\N{CYRILLIC CAPITAL LETTER O}", 1)
    take(page, card_file(tmp_path / "x.carte", stranger, name=like), qtbot)
    qtbot.waitUntil(lambda: page.notice.tone is Tone.BEWARE and len(names(page)) == 3)

    flagged = [str(page.people._list.item(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(3)]
    assert sorted("name looks like another" in one for one in flagged) == [False, True, True]
    qtbot.waitUntil(lambda: any("looks like that of somebody else" in one for one in page.people.warnings.sentences))


def test_markup_in_a_name_is_read_as_it_stands(page: DirectoryPage, tmp_path: Path, qtbot: QtBot) -> None:
    name = "<img src='file:///etc/hostname'><b>Roux</b>"
    take(page, card_file(tmp_path / "x.carte", Identity.generate(os.urandom), name=name), qtbot)
    qtbot.waitUntil(lambda: page.people._details._name.text() == name)

    assert name in names(page)
    assert page.people._details._name.textFormat() is Qt.TextFormat.PlainText


def test_a_name_that_turns_text_round_is_no_name(page: DirectoryPage, tmp_path: Path, qtbot: QtBot) -> None:
    stranger = Identity.generate(os.urandom)
    take(page, card_file(tmp_path / "x.carte", stranger, name="Roux\u202efdp"), qtbot)

    assert page.notice.tone is Tone.REFUSED
    assert len(names(page)) == 2


def test_cards_are_dropped_anywhere_on_the_page(page: DirectoryPage, office: Office, qtbot: QtBot) -> None:
    page.views.show_view(page.my_card)
    drop_files(page, [office.card(PARTNER)])

    qtbot.waitUntil(lambda: len(names(page)) == 3)
    assert page.views.view is page.people


def test_a_file_that_is_no_card_is_refused(page: DirectoryPage, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "x.carte"
    file.write_bytes(b"no card")
    take(page, file, qtbot)

    assert page.notice.sentence.startswith("This file is not a card, or it was altered.")
    assert page.notice.tone is Tone.REFUSED


def test_several_files_are_taken_in_at_once_and_each_is_told_of(
    page: DirectoryPage, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    bad = tmp_path / "letter.carte"
    bad.write_bytes(b"Dear all")
    drop_files(page, [office.card(PARTNER), bad, office.card(OFFICER)])
    qtbot.waitUntil(lambda: page.people.told.isVisible() and len(names(page)) == 3)

    told = page.people.told.sentences
    assert told[0] == f"{PARTNER}.carte: {PARTNER} is in the directory: endorsed."
    assert told[1].startswith("letter.carte: This file is not a card, or it was altered.")
    assert told[2].startswith(f"{OFFICER}.carte: {OFFICER} is in the directory")
    assert (page.notice.sentence, page.notice.tone) == (
        "Of 3 files 2 were taken in; each is told above.",
        Tone.BEWARE,
    )
    page.people.told.close_it.click()
    assert not page.people.told.isVisible()


def test_people_are_found_by_name_state_and_nationality(page: DirectoryPage, office: Office, qtbot: QtBot) -> None:
    take(page, office.card(PARTNER), qtbot)
    qtbot.waitUntil(lambda: len(names(page)) == 3)

    found = []
    for sought in ("liaison", "deu", "MYSELF", "très secret", "nobody"):
        page.people.filter.setText(sought)
        found.append(names(page))

    assert found == [[PARTNER], [PARTNER], [READER], [OFFICER], []]


def test_a_card_that_comes_in_is_shown_whatever_was_searched_for(
    page: DirectoryPage, office: Office, qtbot: QtBot
) -> None:
    page.people.filter.setText("nobody")
    take(page, office.card(PARTNER), qtbot)

    qtbot.waitUntil(lambda: page.people.picked is not None and page.people.picked.card.name == PARTNER)


def test_a_fingerprint_is_compared_by_typing_it(
    page: DirectoryPage, clerk: Clerk, office: Office, asked: Ask, qtbot: QtBot
) -> None:
    take(page, office.card(PARTNER), qtbot)
    qtbot.waitUntil(lambda: page.people.picked is not None and page.people.picked.card.name == PARTNER)
    card = read_carte(office.card(PARTNER).read_bytes()).card
    page.people.form.line.setText(fingerprint_text(card.fingerprint)[:25].upper())
    page.people.form.compare.click()
    qtbot.waitUntil(lambda: page.notice.sentence.startswith(f"The fingerprint of {PARTNER} is compared"))

    known = asked(clerk, contacts)
    assert isinstance(known, tuple)
    assert {one.card.name: one.standing.is_compared for one in known}[PARTNER]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("abcd", "Too little of the fingerprint was typed"),
        ("aaaa bbbb cccc dddd eeee", "The fingerprint typed is not that of this card"),
    ],
)
def test_a_wrong_fingerprint_is_said_below_its_field(
    page: DirectoryPage, office: Office, qtbot: QtBot, typed: str, sentence: str
) -> None:
    page.people.pick(str(page.people._list.item(1).data(Qt.ItemDataRole.UserRole)))
    page.people.form.line.setText(typed)
    page.people.form.compare.click()

    qtbot.waitUntil(lambda: page.people.form.field._below.text().startswith(sentence))


def test_a_fingerprint_is_followed_word_by_word_and_every_line_counts(
    page: DirectoryPage, clerk: Clerk, office: Office, asked: Ask, qtbot: QtBot
) -> None:
    take(page, office.card(PARTNER), qtbot)
    qtbot.waitUntil(lambda: page.people.picked is not None and page.people.picked.card.name == PARTNER)
    form, panel = page.people.form, page.people.form.panel
    form._follow.click()
    card = read_carte(office.card(PARTNER).read_bytes()).card
    heard = " ".join(line.accessibleName() for line in panel.lines)
    assert words_of(heard) == fingerprint_words(card.fingerprint, "en").split()
    for line in panel.lines[:-1]:
        line.click()
    assert not panel.agree.isEnabled()

    panel.lines[-1].click()
    panel.agree.click()
    qtbot.waitUntil(lambda: page.notice.sentence.startswith(f"The fingerprint of {PARTNER} is compared"))

    known = asked(clerk, contacts)
    assert isinstance(known, tuple)
    assert {one.card.name: one.standing.is_compared for one in known}[PARTNER]
    assert not panel.isVisible()


def test_a_line_ticked_in_one_language_is_not_ticked_in_the_other(page: DirectoryPage) -> None:
    page.people.pick(str(page.people._list.item(1).data(Qt.ItemDataRole.UserRole)))
    panel = page.people.form.panel
    page.people.form._follow.click()
    panel.lines[0].click()

    panel._choice.buttons["fr"].click()

    assert not panel.lines[0].isChecked()


def test_the_fingerprint_of_somebody_else_is_nowhere_on_the_page(page: DirectoryPage, office: Office) -> None:
    shown = " ".join(label.text() for label in page.people.findChildren(QLabel))
    assert office.reader_fingerprint[:9] not in shown


def test_my_own_is_there_to_be_read_out(page: DirectoryPage, office: Office, qtbot: QtBot) -> None:
    page.views.show_view(page.my_card)
    shown = page.my_card._fingerprint
    qtbot.waitUntil(lambda: shown.characters.text() != "")

    assert " ".join(shown.characters.text().split()) == office.reader_fingerprint
    assert shown.characters.accessibleName() == office.reader_fingerprint
    assert words_of(shown.lines.text()) == fingerprint_words(own(office), "en").split()


def test_its_words_are_there_in_french_too(page: DirectoryPage, office: Office, qtbot: QtBot) -> None:
    page.views.show_view(page.my_card)
    shown = page.my_card._fingerprint
    qtbot.waitUntil(lambda: shown.characters.text() != "")
    french = next(one for one in shown.findChildren(QPushButton) if one.accessibleName() == "Français")

    french.click()

    assert words_of(shown.lines.text()) == fingerprint_words(own(office), "fr").split()


def test_its_code_reads_dark_on_white_with_a_quiet_zone_in_either_palette(
    page: DirectoryPage, office: Office, theme: Theme, qtbot: QtBot
) -> None:
    page.views.show_view(page.my_card)
    code = page.my_card._fingerprint.code
    qtbot.waitUntil(lambda: code.accessibleName() != "")
    drawn = {}
    for palette in ("dark", "light"):
        theme.choose(palette)
        drawn[palette] = modules_of(code.grab().toImage())

    assert drawn["dark"] == drawn["light"] == quiet(fingerprint_qr(own(office)))


def test_my_card_is_written_to_a_folder(page: DirectoryPage, tmp_path: Path, qtbot: QtBot) -> None:
    page.views.show_view(page.my_card)
    page.my_card._folder.set_folder(tmp_path)
    page.my_card._export.click()
    qtbot.waitUntil(lambda: page.notice.isVisible())

    (written,) = tmp_path.glob("*.carte")
    assert written.name == "Cabinet-du-préfet.carte"
    assert read_carte(written.read_bytes()).card.name == READER
    assert page.notice.sentence == f"Your card was written to “{written}”."


def test_the_fingerprint_is_written_as_a_sheet_for_paper(page: DirectoryPage, tmp_path: Path, qtbot: QtBot) -> None:
    page.views.show_view(page.my_card)
    page.my_card._folder.set_folder(tmp_path)
    page.my_card.sheet.click()
    qtbot.waitUntil(lambda: page.notice.sentence.startswith("The sheet was written to"))

    (written,) = tmp_path.glob("*.pdf")
    assert written.name == "Cabinet-du-préfet.pdf"
    assert written.read_bytes().startswith(b"%PDF")


def test_what_ends_soon_is_said_on_my_card_and_on_the_person(page: DirectoryPage, clock: Clock, qtbot: QtBot) -> None:
    assert not page.my_card.warnings.isVisibleTo(page.my_card)
    clock.advance(days=350)
    page.people.refresh()
    page.my_card.refresh()
    page.authorities.refresh()
    qtbot.waitUntil(lambda: bool(page.my_card.warnings.sentences))

    assert page.my_card.warnings.sentences == (
        "Your own endorsement ends on 22 November 2027: have the authority endorse your card anew.",
    )
    listed = page.people._list
    qtbot.waitUntil(lambda: "ends soon" in str(listed.item(1).data(Qt.ItemDataRole.AccessibleTextRole)))
    listed.setCurrentRow(1)
    ends = f"The endorsement of {OFFICER} ends on 22 November 2027: ask for a card endorsed anew."
    qtbot.waitUntil(lambda: page.people.warnings.sentences == (ends,))
    qtbot.waitUntil(lambda: "is overdue since" in " ".join(page.authorities.warnings.sentences))


def test_my_card_is_issued_for_longer_with_the_same_keys(
    page: DirectoryPage, clerk: Clerk, asked: Ask, clock: Clock, qtbot: QtBot
) -> None:
    before = asked(clerk, lambda session: myself(session).card)
    assert isinstance(before, Card)
    clock.advance(days=30)
    page.views.show_view(page.my_card)
    page.my_card.renew.reissue.ask.click()
    assert page.my_card.renew.reissue.explained.text().startswith("The keys stay, and the fingerprint with them")
    page.my_card.renew.reissue.do.click()
    qtbot.waitUntil(lambda: page.notice.sentence.startswith("Your card is issued anew, number 2, until"))

    after = asked(clerk, lambda session: myself(session).card)
    assert isinstance(after, Card)
    assert (after.fingerprint, after.expires - before.expires) == (before.fingerprint, timedelta(days=30))


def test_new_keys_take_the_passphrase_and_give_another_fingerprint(
    page: DirectoryPage, office: Office, qtbot: QtBot
) -> None:
    page.views.show_view(page.my_card)
    form, shown = page.my_card.renew, page.my_card._fingerprint
    qtbot.waitUntil(lambda: shown.characters.accessibleName() == office.reader_fingerprint)
    form.new_keys.click()
    form.passphrase.line.setText("not this one")
    form.make.click()
    qtbot.waitUntil(lambda: page.notice.isVisible())
    assert page.notice.sentence.startswith("This passphrase or recovery code does not open the vault.")
    assert form.passphrase.text == ""

    form.passphrase.line.setText(PASSPHRASE)
    form.make.click()
    qtbot.waitUntil(lambda: page.notice.sentence.startswith("Your keys are new."))

    assert not form.passphrase.isVisible()
    qtbot.waitUntil(lambda: shown.characters.accessibleName() != office.reader_fingerprint)
    assert page.notice.tone is Tone.DONE


def test_an_authority_is_followed_once_its_whole_fingerprint_is_typed(
    page: DirectoryPage, clerk: Clerk, office: Office, asked: Ask, qtbot: QtBot
) -> None:
    view = page.authorities
    page.views.show_view(page.authorities)
    qtbot.waitUntil(lambda: view._list.count() == 1)
    view.remove.ask.click()
    view.remove.do.click()
    qtbot.waitUntil(lambda: view._list.count() == 0)
    assert asked(clerk, lambda session: len(authorities(session))) == 0
    assert view._none.isVisible()
    assert not view._list.isVisible()

    view._form.take(office.card("authority"))
    view._form._typed.setText(office.authority_fingerprint)
    view._follow.click()
    qtbot.waitUntil(lambda: view._list.count() == 1)

    assert page.notice.sentence == ("Officier de sécurité is followed from now on: the cards it endorses count here.")


def test_what_following_no_longer_leads_to_is_said_before_it_is_done(
    page: DirectoryPage, clerk: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    view = page.authorities
    page.views.show_view(view)
    qtbot.waitUntil(lambda: view._list.count() == 1)
    view.remove.ask.click()
    assert view.remove.explained.isVisible()
    assert view.remove.explained.text().startswith("From then on nothing that Officier de sécurité endorsed counts")

    view.remove.keep.click()

    assert not view.remove.explained.isVisible()
    assert asked(clerk, lambda session: len(authorities(session))) == 1


def test_an_authority_is_followed_within_limits(
    page: DirectoryPage, clerk: Clerk, office: Office, asked: Ask, qtbot: QtBot
) -> None:
    view = page.authorities
    page.views.show_view(view)
    view._form.take(office.card("authority"))
    view._form._typed.setText(office.authority_fingerprint)
    view.scope.clearance.line.setText("[DR]")
    view.scope.nationalities.setText("fra, deu")
    view.scope.policies[clerk.policy.id].click()
    view._follow.click()
    qtbot.waitUntil(lambda: page.notice.sentence.startswith("Officier de sécurité is followed from now on"))

    followed = asked(clerk, lambda session: next(iter(authorities(session).values())))
    assert isinstance(followed, TrustedAuthority)
    assert followed.scope.clearance == Clearance.from_mark(clerk.policy, "[DR]")
    assert followed.scope.nationalities == frozenset({"FRA", "DEU"})
    assert followed.scope.policies == frozenset({clerk.policy.id})
    qtbot.waitUntil(lambda: view.facts.texts["Nationalities"].text() == "DEU FRA")
    told = {name: text.text() for name, text in view.facts.texts.items()}
    assert told["Clearances"] == "up to DIFFUSION RESTREINTE"
    assert told["Policies"] == "FR"
    assert told["Revocation list"] == "none seen yet; missed from 2027-02-20 on"


@pytest.mark.parametrize(
    ("fill", "sentence"),
    [
        (lambda scope: scope.nationalities.setText("FRA germany"), "“GERMANY” is no nationality"),
        (lambda scope: scope.clearance.line.setText("[X]"), "mark"),
    ],
    ids=["nationality", "clearance"],
)
def test_limits_that_are_none_are_refused_below_their_field(
    page: DirectoryPage, office: Office, fill: Callable[[object], None], sentence: str
) -> None:
    view = page.authorities
    view._form.take(office.card("authority"))
    view._form._typed.setText(office.authority_fingerprint)
    fill(view.scope)

    view._follow.click()

    said = (view.scope._nations._below.text(), view.scope.clearance._field._below.text())
    assert any(sentence in one for one in said)


def test_a_signed_policy_is_taken_in_and_listed(
    page: DirectoryPage, office: Office, tmp_path: Path, clerk_of: Callable[[Path], Clerk], asked: Ask, qtbot: QtBot
) -> None:
    source = (built_in_file(built_in("FR").id) or b"").replace(b' version="1"', b' version="9"', 1)
    authority = clerk_of(office.folder / "authority")
    signed = asked(authority, lambda session: sign_policy_file(session, source, name="fr.xml")[1])
    assert isinstance(signed, bytes)
    file = tmp_path / "fr.xml.signed"
    file.write_bytes(signed)
    page.views.show_view(page.policies)
    drop_files(page.policies, [file])
    qtbot.waitUntil(lambda: any(line.policy.version == 9 for line in page.policies.model.lines))

    assert page.notice.sentence.startswith("The policy FR, version 9, signed by Officier de sécurité, was taken in")
    drop_files(page.policies, [file])
    qtbot.waitUntil(lambda: page.notice.sentence == "This version of the policy FR was known already.")


def test_a_policy_nobody_followed_signed_is_refused(page: DirectoryPage, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "fr.xml.signed"
    file.write_bytes(b"FR")
    page.policies.take(file)

    qtbot.waitUntil(lambda: page.notice.sentence.startswith("This is not a signed policy, or it was altered."))
    assert page.notice.tone is Tone.REFUSED


def test_an_authority_with_new_keys_tells_who_hangs_on_the_old_ones(
    page: DirectoryPage, office: Office, tmp_path: Path, clerk_of: Callable[[Path], Clerk], asked: Ask, qtbot: QtBot
) -> None:
    authority = clerk_of(office.folder / "authority")
    secret = PassphraseSecret(passphrase=passphrase_bytes(PASSPHRASE))
    renewed = asked(authority, lambda session: renew_identity(session, secret))
    carte = asked(authority, export_card)
    assert isinstance(renewed, Card)
    assert isinstance(carte, bytes)
    file = tmp_path / "authority.carte"
    file.write_bytes(carte)
    view = page.authorities
    page.views.show_view(view)
    view._form.take(file)
    view._form._typed.setText(fingerprint_text(renewed.fingerprint))
    view._follow.click()
    qtbot.waitUntil(lambda: page.notice.isVisible())

    assert page.notice.sentence == (
        "Officier de sécurité is followed from now on: the cards it endorses count here. Its earlier keys are followed "
        f"too, and these are endorsed by them alone: {READER}, {OFFICER}. Have them endorsed anew, then follow the "
        "earlier keys no longer."
    )


def test_who_would_lose_it_is_named_before_an_authority_is_dropped(page: DirectoryPage, qtbot: QtBot) -> None:
    page.views.show_view(page.authorities)

    named = f"Endorsed by it now: {READER}, {OFFICER}."
    qtbot.waitUntil(lambda: page.authorities.remove.explained.text().endswith(named))


def test_the_card_of_an_authority_is_taken_in_and_what_it_does_not_do_is_said(
    page: DirectoryPage, office: Office, qtbot: QtBot
) -> None:
    take(page, office.card("authority"), qtbot)

    assert "It is an authority’s card: what it endorses counts once you follow it" in page.notice.sentence
    assert page.notice.tone is Tone.BEWARE


def test_a_card_that_ran_out_is_listed_so(page: DirectoryPage, clock: Clock, qtbot: QtBot) -> None:
    clock.advance(days=6 * 365)
    page.refresh()

    qtbot.waitUntil(lambda: "expired" in str(page.people._list.item(1).data(Qt.ItemDataRole.AccessibleTextRole)))
    page.people._list.setCurrentRow(1)
    ended = f"The card of {OFFICER} ended on 21 November 2031: ask for the new one."
    qtbot.waitUntil(lambda: ended in page.people.warnings.sentences)


def test_without_the_authority_nobody_is_endorsed_any_more(
    page: DirectoryPage, clerk: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    page.views.show_view(page.authorities)
    qtbot.waitUntil(lambda: page.authorities._list.count() == 1)
    page.authorities._list.setCurrentRow(0)
    page.authorities.remove.ask.click()
    page.authorities.remove.do.click()
    qtbot.waitUntil(lambda: page.authorities._list.count() == 0)

    known = asked(clerk, contacts)
    assert isinstance(known, tuple)
    assert {one.card.name: one.standing.state for one in known} == {
        READER: TrustState.SELF,
        OFFICER: TrustState.COMPARED,
    }


def test_half_a_fingerprint_does_not_make_an_authority(page: DirectoryPage, office: Office) -> None:
    form = page.authorities._form
    form.take(office.card("authority"))
    form._typed.setText(office.authority_fingerprint[:30])

    page.authorities._follow.click()

    assert form._fingerprint._below.text().startswith("Too little of the fingerprint was typed")


def test_a_member_is_no_authority(page: DirectoryPage, office: Office, qtbot: QtBot) -> None:
    form = page.authorities._form
    form.take(office.card(READER))
    form._typed.setText(office.reader_fingerprint)

    page.authorities._follow.click()

    qtbot.waitUntil(lambda: page.notice.isVisible())
    assert page.notice.sentence.startswith("Only an authority can do this")
