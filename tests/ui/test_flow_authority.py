"""The authority's own window: cards endorsed once their fingerprint was compared, policies looked at, then signed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cloison.actions.cards import add_contact
from cloison.actions.people import myself
from cloison.actions.policy_import import import_policy
from cloison.actions.session import Session
from cloison.directory.carte import read_carte
from cloison.labels.library import built_in, built_in_file
from cloison.ui.authority.page import AuthorityPage
from cloison.ui.clerk import Clerk
from cloison.ui.directory.page import DirectoryPage
from cloison.ui.notice import Tone
from cloison.ui.window.values import Flow
from cloison_crypto.identity import fingerprint_text
from desks import Desks
from dropping import drop_files
from office import OFFICER, PARTNER, READER, Office

Ask = Callable[[Clerk, Callable[[Session], object]], object]


@pytest.fixture
def clerk(clerk_of: Callable[[Path], Clerk], office: Office) -> Clerk:
    return clerk_of(office.folder / "authority")


@pytest.fixture
def page(clerk: Clerk, qtbot: QtBot) -> AuthorityPage:
    made = AuthorityPage(clerk)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.arrive()
    return made


def start_of_fingerprint(card: Path) -> str:
    return fingerprint_text(read_carte(card.read_bytes()).card.fingerprint)[:24]


def compare(page: AuthorityPage, card: Path) -> None:
    drop_files(page.endorse, [card])
    page.endorse.check.form.line.setText(start_of_fingerprint(card))
    page.endorse.check.form.compare.click()


def grant(page: AuthorityPage, clearance: str, nationality: str) -> None:
    page.endorse.grant.clearance.line.setText(clearance)
    page.endorse.grant.nationality.setText(nationality)


def test_a_card_is_endorsed_and_counts_where_the_authority_is_followed(
    page: AuthorityPage,
    office: Office,
    tmp_path: Path,
    clerk_of: Callable[[Path], Clerk],
    asked: Ask,
    qtbot: QtBot,
) -> None:
    compare(page, office.card(PARTNER))
    grant(page, "[S]", "FRA")
    page.endorse.grant.identifiers.setPlainText(f"{'ab' * 16}\n{'cd' * 16}")
    page.endorse.folder.set_folder(tmp_path)
    page.endorse.endorse.click()
    qtbot.waitUntil(lambda: page.notice.isVisible())

    (written,) = tmp_path.glob("*.carte")
    assert written.name == "Liaison-partenaire-2026-11-22.carte"
    assert page.notice.sentence == (
        f"Card endorsed: {PARTNER}, SECRET, FRA, until 22 November 2027. It was written to {written}."
    )
    partner = clerk_of(office.partner)
    asked(partner, lambda session: add_contact(session, written.read_bytes()))
    standing = asked(partner, lambda session: myself(session).standing)
    assert (standing.nationality, standing.need_to_know) == ("FRA", {"ab" * 16, "cd" * 16})  # type: ignore[attr-defined]


def test_nothing_is_granted_before_the_fingerprint_is_compared(page: AuthorityPage, office: Office) -> None:
    drop_files(page.endorse, [office.card(READER)])
    assert page.endorse.check.about.text().startswith("member, number 1 of these keys, valid until")
    assert not page.endorse.endorse.isVisible()

    page.endorse.check.form.line.setText("aaaa bbbb cccc dddd eeee")
    page.endorse.check.form.compare.click()

    assert page.endorse.check.form.field._below.text().startswith("The fingerprint typed is not that of this card")
    assert not page.endorse.endorse.isVisible()


def test_another_card_is_compared_anew(page: AuthorityPage, office: Office) -> None:
    compare(page, office.card(READER))
    assert page.endorse.endorse.isVisible()

    drop_files(page.endorse, [office.card(PARTNER)])

    assert not page.endorse.endorse.isVisible()


def test_a_clearance_the_nationality_cannot_hold_is_refused_while_it_is_typed(
    page: AuthorityPage, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    compare(page, office.card(READER))
    grant(page, "[S-SF]", "DEU")
    field = page.endorse.grant.clearance
    assert field.refusal.text().startswith("Nobody of nationality DEU can hold this clearance")
    assert field._shown.text.text() == "SECRET – SPÉCIAL FRANCE"
    page.endorse.folder.set_folder(tmp_path)
    page.endorse.endorse.click()
    qtbot.wait(50)
    assert not list(tmp_path.glob("*.carte"))

    page.endorse.grant.nationality.setText("FRA")

    assert not field.refusal.isVisible()


@pytest.mark.parametrize(
    ("fill", "sentence"),
    [
        (lambda form: form.clearance.line.setText("[X-Y]"), "mark"),
        (lambda form: form.nationality.setText("FR"), "A nationality is three capitals"),
        (lambda form: form.identifiers.setPlainText("dossier"), "“dossier” is no identifier"),
        (lambda form: form.until.line.setText("2026-11-01"), "This day is past"),
        (lambda form: form.until.line.setText("soon"), "This is no day"),
    ],
    ids=["mark", "nationality", "identifier", "past", "no day"],
)
def test_what_is_wrong_is_said_below_its_field(
    page: AuthorityPage, office: Office, fill: Callable[[object], None], sentence: str
) -> None:
    compare(page, office.card(READER))
    grant(page, "[S]", "FRA")
    form = page.endorse.grant
    fill(form)
    page.endorse.endorse.click()

    said = [one._below.text() for one in (form.clearance._field, form._nation, form._ids, form.until)]
    assert any(sentence in one for one in said)


def test_nothing_is_squeezed_by_a_refusal_of_two_lines(page: AuthorityPage, office: Office, qtbot: QtBot) -> None:
    compare(page, office.card(READER))
    page.resize(1080, 748)
    grant(page, "[S-SF]", "DEU")
    field = page.endorse.grant.clearance
    qtbot.waitUntil(lambda: field.refusal.height() > 0)
    qtbot.wait(100)

    assert field.height() >= field.heightForWidth(field.width())


def test_a_mark_is_picked_from_the_list(page: AuthorityPage, office: Office) -> None:
    compare(page, office.card(READER))
    field = page.endorse.grant.clearance
    field.line.setText("[DR]")
    field._pick.click()
    rows = field.picker.list.rows
    every = [rows.row(number) for number in range(rows.rowCount())]

    field.picker.list.chosen.emit(next(one for one in every if one is not None and one.text == "SECRET"))

    assert field.line.text() == "[S]"


def _has_files(folder: Path, count: int) -> bool:
    return len(list(folder.glob("*.carte"))) == count


def test_two_files_of_one_day_have_two_names(page: AuthorityPage, office: Office, tmp_path: Path, qtbot: QtBot) -> None:
    for count in (1, 2):
        compare(page, office.card(READER))
        grant(page, "[DR]", "FRA")
        page.endorse.folder.set_folder(tmp_path)
        page.endorse.endorse.click()
        qtbot.waitUntil(partial(_has_files, tmp_path, count))

    names = sorted(one.stem for one in tmp_path.glob("*.carte"))
    assert names == ["Cabinet-du-préfet-2026-11-22", "Cabinet-du-préfet-2026-11-22-2"]


def names(page: AuthorityPage) -> list[str]:
    return [line.card.name for line in page.register.model.lines]


def pick(page: AuthorityPage, name: str) -> None:
    page.register.table.selectRow(names(page).index(name))


def write_list(page: AuthorityPage, folder: Path, qtbot: QtBot) -> Path:
    page.views.show_view(page.list)
    page.list.folder.set_folder(folder)
    page.list.export.click()
    qtbot.waitUntil(lambda: page.notice.sentence.startswith("List number"))
    return max(folder.glob("*.revocations"), key=lambda one: one.stat().st_mtime_ns)


def test_what_was_endorsed_is_listed_and_searched(page: AuthorityPage, qtbot: QtBot) -> None:
    page.views.show_view(page.register)
    qtbot.waitUntil(lambda: len(names(page)) == 3)
    assert set(names(page)) == {OFFICER, READER, PARTNER}

    page.register.filter.setText("deu")

    assert names(page) == [PARTNER]
    row = [column.text(page.register.model.lines[0]) for column in page.register.model.columns]
    assert row == [PARTNER, "DIFFUSION RESTREINTE", "DEU", "–", "2026-11-22", "2027-11-22", "in force"]


def test_an_endorsement_is_revoked_after_what_it_leads_to_was_read(page: AuthorityPage, qtbot: QtBot) -> None:
    page.views.show_view(page.register)
    qtbot.waitUntil(lambda: len(names(page)) == 3)
    pick(page, PARTNER)
    page.register.revoke.ask.click()
    assert page.register.revoke.explained.text().startswith(f"What was endorsed of {PARTNER}, until 2027-11-22,")
    page.register.revoke.do.click()
    qtbot.waitUntil(lambda: page.notice.sentence.startswith(f"Revoked: {PARTNER}. Write a new list now"))

    state = page.register.model.columns[-1]
    qtbot.waitUntil(
        lambda: (
            {line.card.name: state.text(line) for line in page.register.model.lines}
            == {OFFICER: "in force", READER: "in force", PARTNER: "revoked by the authority"}
        )
    )
    assert page.register.picked is not None
    assert page.register.picked.card.name == PARTNER


def test_a_list_is_written_and_revokes_where_it_is_taken_in(
    page: AuthorityPage, office: Office, tmp_path: Path, clerk_of: Callable[[Path], Clerk], qtbot: QtBot
) -> None:
    page.views.show_view(page.register)
    qtbot.waitUntil(lambda: len(names(page)) == 3)
    pick(page, OFFICER)
    page.register.card.click()
    page.register.revoke.ask.click()
    assert page.register.revoke.explained.text().startswith(f"The card of {OFFICER} then counts nowhere")
    page.register.revoke.do.click()
    qtbot.waitUntil(lambda: page.notice.sentence.startswith("Revoked:"))
    written = write_list(page, tmp_path, qtbot)
    assert page.notice.sentence == (
        f"List number 2 was written to “{written}”. The next one is due on 22 December 2026."
    )
    qtbot.waitUntil(lambda: page.list.about.text().startswith("List number 2 of 2026-11-22, 1 card revoked"))

    directory = DirectoryPage(clerk_of(office.reader))
    qtbot.addWidget(directory)
    directory.show()
    directory.arrive()
    drop_files(directory, [written])
    qtbot.waitUntil(lambda: directory.notice.isVisible())

    assert directory.notice.sentence == (
        f"List number 2 of Officier de sécurité was taken in; the next is due on 2026-12-22. It revokes: {OFFICER}."
    )
    assert directory.notice.tone is Tone.BEWARE
    about = directory.people._list
    qtbot.waitUntil(lambda: "revoked" in str(about.item(1).data(Qt.ItemDataRole.AccessibleTextRole)))


def test_a_list_of_a_lower_number_is_refused(
    page: AuthorityPage, office: Office, tmp_path: Path, clerk_of: Callable[[Path], Clerk], qtbot: QtBot
) -> None:
    first = write_list(page, tmp_path, qtbot)
    page.notice.clear()
    second = write_list(page, tmp_path, qtbot)
    directory = DirectoryPage(clerk_of(office.reader))
    qtbot.addWidget(directory)
    directory.show()
    drop_files(directory, [second, first])
    qtbot.waitUntil(lambda: directory.people.told.isVisible())

    taken, refused = directory.people.told.sentences
    assert "List number 2 of Officier de sécurité was taken in" in taken
    assert "Nobody known here is in it" in taken
    assert "older" in refused
    assert directory.notice.tone is Tone.BEWARE


def test_a_card_that_was_never_endorsed_here_is_revoked_by_its_fingerprint(
    page: AuthorityPage, office: Office, qtbot: QtBot
) -> None:
    page.views.show_view(page.list)
    page.list.typed.setText(office.reader_fingerprint[:20])
    page.list.revoke.ask.click()
    page.list.revoke.do.click()
    assert "is no fingerprint" in page.list._fingerprint._below.text()

    page.list.typed.setText(office.reader_fingerprint)
    page.list.revoke.ask.click()
    page.list.revoke.do.click()

    qtbot.waitUntil(lambda: page.notice.sentence.startswith("The card is revoked. Write a new list now"))
    qtbot.waitUntil(lambda: [line.name for line in page.list.model.lines] == [READER])


@pytest.mark.parametrize(("typed", "sentence"), [("2026-11-01", "This day is past"), ("soon", "This is no day")])
def test_a_list_is_not_due_in_the_past(page: AuthorityPage, tmp_path: Path, typed: str, sentence: str) -> None:
    page.views.show_view(page.list)
    page.list.folder.set_folder(tmp_path)
    page.list.due.line.setText(typed)

    page.list.export.click()

    assert page.list.due._below.text().startswith(sentence)
    assert not list(tmp_path.glob("*.revocations"))


def test_a_policy_is_looked_through_then_signed(
    page: AuthorityPage,
    office: Office,
    tmp_path: Path,
    clerk_of: Callable[[Path], Clerk],
    asked: Ask,
    qtbot: QtBot,
) -> None:
    page.views.show_view(page.policies)
    file = tmp_path / "fr.xml"
    file.write_bytes((built_in_file(built_in("FR").id) or b"").replace(b' version="1"', b' version="7"', 1))
    drop_files(page.policies, [file])
    qtbot.waitUntil(lambda: page.policies.sign.isEnabled())
    assert page.policies.file.label.text().startswith("FR, version 7")
    page.policies.sign.click()
    qtbot.waitUntil(lambda: page.notice.isVisible())

    assert page.notice.sentence.startswith("The policy FR, version 7, was signed and written to")
    signed = (tmp_path / "fr.xml.signed").read_bytes()
    imported = asked(clerk_of(office.officer), lambda session: import_policy(session, signed, name="fr").policy.version)
    assert imported == 7


def test_a_broken_policy_is_not_signed_and_its_faults_are_told(
    page: AuthorityPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.views.show_view(page.policies)
    file = tmp_path / "fr.xml"
    file.write_bytes((built_in_file(built_in("FR").id) or b"").replace(b'version="1"', b'version="one"', 1))

    drop_files(page.policies, [file])

    qtbot.waitUntil(lambda: page.policies.file.label.text() == "fr.xml is no policy that could be signed.")
    assert "one" in page.policies.found.text()
    assert not page.policies.sign.isEnabled()


def test_the_vault_of_an_authority_opens_on_what_an_authority_does(desks: Desks, office: Office, qtbot: QtBot) -> None:
    made = desks.open_bare(office.folder / "authority")
    qtbot.waitUntil(lambda: isinstance(made.pages.page, AuthorityPage))

    assert made.frame.rail._flows[Flow.AUTHORITY].isVisible()


def test_the_vault_of_a_member_has_no_way_there(desks: Desks, office: Office, qtbot: QtBot) -> None:
    made = desks.open(office.officer)
    qtbot.wait(50)

    assert not made.frame.rail._flows[Flow.AUTHORITY].isVisible()


def test_a_member_who_got_there_endorses_nothing(
    clerk_of: Callable[[Path], Clerk], office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    page = AuthorityPage(clerk_of(office.officer))
    qtbot.addWidget(page)
    page.show()
    compare(page, office.card(OFFICER))
    grant(page, "[TS]", "FRA")
    page.endorse.folder.set_folder(tmp_path)
    page.endorse.endorse.click()
    qtbot.waitUntil(lambda: page.notice.isVisible())

    assert page.notice.tone is Tone.REFUSED
    assert not list(tmp_path.glob("*.carte"))
