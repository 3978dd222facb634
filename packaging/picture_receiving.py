"""Pictures of what comes in: packages dropped together, checked, accepted, refused; those that wait in quarantine."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QListWidget

from cloison.actions.cards import add_contact, export_card
from cloison.actions.compartments import add_compartment
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session
from cloison.actions.unlock import unlock
from cloison.actions.write_note import import_note
from cloison.settings.values import Settings
from cloison.ui.arrivals.page import ReceivePage
from cloison.ui.desk.desk import Desk
from cloison.ui.kit import Kit
from cloison.ui.window.values import Flow
from cloison.vault.unlocking import PassphraseSecret
from cloison.wording.paper import paper_words
from cloison_crypto.slots import passphrase_bytes
from picture_stage import HEIGHT, NARROW, WIDTH, Stage

DEMAND = "[DR] Navires de la Compagnie d’Armor\n\n[DR] Avez-vous vu passer le quatrième navire ?\n"


def receiving_flow(stage: Stage, desk: Desk, packages: list[Path], stranger: Path) -> None:
    """Several packages at once: one is accepted, one waits, one is not there; the accepted one is shown at the end."""
    desk.flows.exchange.receive(None)
    stage.shot(desk.frame, "receive-1-drop")
    page = _page(desk)
    page.take((packages[0], stranger, packages[0].with_name("absent.pli")))
    stage.wait(lambda: page.is_idle, "not checked")
    stage.settle(0.4)
    stage.shot(desk.frame, "receive-2-checked")
    desk.frame.resize(*NARROW)
    stage.shot(desk.frame, "receive-2-checked-narrow")
    desk.frame.resize(WIDTH, HEIGHT)
    stage.click(desk.frame, "Accept")
    stage.settle(0.4)
    stage.shot(desk.frame, "receive-3-accepted")
    handed_in = stage.find(desk.frame, QListWidget, "Packages handed in")
    handed_in.setCurrentRow(1)
    stage.shot(desk.frame, "receive-4-held")
    handed_in.setCurrentRow(2)
    stage.shot(desk.frame, "receive-5-refused")
    handed_in.setCurrentRow(0)


def quarantine_flow(stage: Stage, desk: Desk, stranger_card: bytes) -> None:
    """A package that waits, before its sender's card came and after."""
    desk.flows.show(Flow.QUARANTINE)
    stage.settle(0.4)
    stage.shot(desk.frame, "quarantine-1-waits")
    stage.click(desk.frame, "Drop…")
    stage.shot(desk.frame, "quarantine-2-drop")
    stage.click(desk.frame, "Keep it")
    on_records(stage, desk, lambda session: add_contact(session, stranger_card))
    desk.flows.show(Flow.QUARANTINE)
    stage.settle(0.6)
    stage.shot(desk.frame, "quarantine-3-opens")
    desk.frame.resize(*NARROW)
    stage.shot(desk.frame, "quarantine-3-opens-narrow")
    desk.frame.resize(WIDTH, HEIGHT)


def stranger_package(
    stage: Stage, kit: Kit, desk: Desk, *, vault: Path, passphrase: str, medium: Path
) -> tuple[Path, bytes]:
    """A package for whoever is at the desk by somebody they do not know, and that somebody's card."""
    cards: list[bytes] = []
    on_records(stage, desk, lambda session: cards.append(export_card(session)))
    session = unlock(
        vault,
        alias=None,
        secret=PassphraseSecret(passphrase=passphrase_bytes(passphrase)),
        settings=Settings(),
        clock=kit.clock,
        randomness=kit.randomness,
    )
    reader = add_contact(session, cards[0])
    compartment = add_compartment(session, "Demandes", ceiling=None, need_to_know=False)
    note = import_note(session, compartment, DEMAND.encode(), extension=".txt", title=None, default=None).note
    (sealed,) = seal_note(session, note.uid, [reader.id], medium, options=SealOptions(), words_for=paper_words)
    card = export_card(session)
    session.vault.close()
    return sealed.path, card


def on_records(stage: Stage, desk: Desk, act: Callable[[Session], object]) -> None:
    """Do ``act`` where the connections live."""
    done: list[object] = []
    desk.clerk.ask(desk, act, done.append, refused=done.append)
    stage.wait(lambda: bool(done), "the records never answer")


def _page(desk: Desk) -> ReceivePage:
    page = desk.pages.page
    if not isinstance(page, ReceivePage):
        raise AssertionError
    return page
