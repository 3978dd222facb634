"""Every error a person can meet has its sentence in both languages; the others are ours and have none."""

from __future__ import annotations

import string
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cloison.actions.age_files import KeyLineError
from cloison.cli.streams import OutputError
from cloison.directory import errors as directory
from cloison.directory.sufficiency import TrustShortfall
from cloison.dissemination import errors as packages
from cloison.keystore import errors as keystore
from cloison.labels import errors as labels
from cloison.labels.decision import Decision, Rule
from cloison.labels.validity import Reason, ValidityRule
from cloison.notes import errors as notes
from cloison.registers import errors as registers
from cloison.rendering import errors as rendering
from cloison.settings import errors as settings
from cloison.vault import errors as vault
from cloison.vault.search_query import Field, Filter
from cloison.wording.catalogue import LANGUAGES, Catalogue
from cloison.wording.errors import sentence_for
from cloison_crypto import errors as crypto

ROOTS = (
    directory.DirectoryError,
    packages.DisseminationError,
    labels.LabelsError,
    notes.NotesError,
    registers.RegistersError,
    rendering.RenderingError,
    settings.SettingsError,
    vault.VaultError,
    crypto.CryptoError,
    keystore.KeystoreError,
)
FAMILIES: set[type[Exception]] = {
    *ROOTS,
    labels.XmlError,
    labels.DocumentError,
    labels.MappingError,
    labels.DowngradeError,
    labels.PolicyError,
    labels.LabelError,
    labels.RollUpError,
    vault.StorageError,
    crypto.SealedFileError,
    crypto.SlotError,
    keystore.KeyringError,
    keystore.CardError,
}
"""Classes nobody raises by themselves."""
OURS: set[type[Exception]] = {
    vault.NotForThisMemberError,
    crypto.SignatureError,
    crypto.SuiteMissingError,
    crypto.CanonicalError,
    crypto.EnvelopeError,
    crypto.WrongSecretError,
    crypto.WrongFactorError,
    crypto.SlotBoundsError,
    crypto.BoxError,
    KeyLineError,
}
"""Turned into another error before a person could meet them."""

REASON = Reason(rule=ValidityRule.NATIONALITY, element="SPÉCIAL FRANCE", path="", other="FRA")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
DENIED = Decision(permitted=False, rule=Rule.CLASSIFICATION, element="SECRET")
FILE = Path("settings.toml")


def refused(name: str, shortfall: TrustShortfall | None) -> packages.Refused:
    return packages.Refused(name=name, shortfall=shortfall, is_nothing_theirs=shortfall is None)


SAMPLES: list[Exception] = [
    directory.CardError(),
    directory.EndorsementError(),
    directory.NotAnAuthorityError(),
    directory.SignedPolicyError(),
    *(
        directory.PolicyRefusedError(problem, authority="Autorité", policy="FR", version=1, known=2)
        for problem in directory.PolicyProblem
    ),
    directory.RevocationsError(),
    *(directory.CardRefusedError(one, name="Cabinet") for one in directory.CardProblem),
    *(directory.LateEndError(one, latest=NOW) for one in directory.EndOf),
    directory.OwnEndorsementError(),
    *(
        directory.RevocationsRefusedError(problem, authority="Autorité", number=1, known=2)
        for problem in directory.ListProblem
    ),
    directory.UnholdableClearanceError(nationality="DEU", reasons=(REASON,)),
    *(directory.FingerprintError(problem, least=20) for problem in directory.FingerprintProblem),
    packages.NotForMeError(),
    packages.ForgedPackageError(),
    packages.UnknownSenderError(bytes(32)),
    *(packages.SenderNotTrustedError("Cabinet", one) for one in TrustShortfall),
    packages.SuiteTooLowError(suite=1, minimum=2),
    *(packages.OwnCardError(one) for one in (TrustShortfall.EXPIRED, TrustShortfall.REVOKED)),
    packages.AlreadyReceivedError(),
    packages.SerialConflictError("Cabinet"),
    *(packages.PackageLabelError(problem) for problem in packages.LabelProblem),
    packages.NotClearedError(DENIED),
    packages.NotYetClearedError(DENIED),
    packages.DatedAheadError(datetime(2027, 1, 1, tzinfo=UTC)),
    packages.NewerPackageError(),
    packages.PackageTooLargeError(128 * 1024 * 1024),
    packages.UnknownDispatchError(),
    packages.NotItsRecipientError("Cabinet"),
    packages.ReceiptTakenError(),
    *(packages.RecoveryRefusedError(problem, name="Cabinet") for problem in packages.RecoveryProblem),
    packages.ReceiptAboveCeilingError(),
    packages.InvalidRemarkError((REASON,)),
    packages.TooLargeToSealError(40 * 1024 * 1024),
    *(packages.CannotSealError((refused("Cabinet", None), refused("Partenaire", one))) for one in TrustShortfall),
    packages.CannotSealError(()),
    labels.EmptyDocumentError(),
    labels.DocumentTooLargeError(size=11, limit=10),
    labels.EncodingError(),
    labels.DoctypeError(),
    labels.MalformedXmlError(line=7),
    labels.NotAPolicyError(""),
    labels.UnsupportedVersionError("@schemaVersion", "3.0"),
    labels.MissingError("securityPolicyId/@id", "id"),
    labels.BadValueError("a/@b", "c"),
    labels.UnknownMarkingCodeError("a", "b"),
    labels.UnknownTagTypeError("a", "b"),
    labels.UnknownOperationError("a", "b"),
    labels.DuplicateError("a", "b"),
    labels.DanglingReferenceError("a", "b"),
    labels.LowContrastError("a", "#000000 #010101"),
    labels.UnknownLayoutError("a", "b"),
    labels.NotALabelError("", "html"),
    labels.LabelStructureError("a", "Classification"),
    labels.NoClassificationError("a"),
    labels.TwoClassificationsError("a"),
    labels.UnknownPolicyError("", "XX"),
    labels.PolicyMismatchError("", "1.2.3 FR"),
    labels.UnknownClassificationError("", "ULTRA"),
    labels.UnknownCategoryError("", "ULTRA"),
    labels.ClearanceError("", "x"),
    labels.OtherPolicyClearanceError("", "NATO"),
    labels.BindingError("", "x"),
    labels.NoEquivalentPolicyError("", "FR", target="TLP"),
    labels.NoEquivalentClassificationError("", "ULTRA", target="TLP"),
    labels.NoEquivalentCategoryError("", "ULTRA", target="TLP"),
    labels.NoEquivalentInputError("", "until 2030-12-31", target="TLP"),
    labels.NoEquivalentPrivacyMarkError("", "Clear", target="TLP"),
    labels.AmbiguousEquivalenceError("", "ULTRA", target="TLP"),
    labels.RequiredCategoryError("", "A, B", target="TLP"),
    labels.InvalidMappingError("TLP", (REASON,)),
    labels.NoDecisionReferenceError(),
    labels.NotADowngradeError(before="SECRET", after="TRÈS SECRET"),
    labels.InvalidDowngradeError("FR", (REASON,)),
    labels.EmptyRollUpError(),
    labels.UnusableLabelError(index=1, reason=REASON),
    *(labels.MarkError("[X]", fault, element="x", choices=("a", "b"), reasons=(REASON,)) for fault in labels.MarkFault),
    notes.DateRefusedError((1,), (REASON,)),
    notes.UnmarkedPortionsError((0, 2, 3, 4)),
    notes.NoteTooLargeError(64 * 1024 * 1024),
    *(notes.TableRefusedError("rows[3]", problem) for problem in notes.TableProblem),
    *(notes.ImageRefusedError(problem) for problem in notes.ImageProblem),
    notes.ImageRefusedError(notes.ImageProblem.UNKNOWN_KIND, kind="PDF"),
    *(notes.PageRefusedError(problem) for problem in notes.PageProblem),
    notes.UnknownPortionError(9, last=5),
    *(notes.AttachmentRefusedError(problem) for problem in notes.AttachmentProblem),
    notes.UnknownAttachmentError(2, last=1),
    notes.SavingNotAllowedError(),
    notes.LoweringNeedsReasonError((1,)),
    notes.ForeignMarkError((1,)),
    notes.DecisionRequiredError(("COMMUNICABLE À",)),
    notes.OlderVersionError(("FR",)),
    notes.NothingToReadError(),
    notes.ReasonMissingError(),
    notes.ReceivedTemplateError(),
    notes.LeavingNeedToKnowError(("n" * 32,)),
    notes.LinkedToItselfError(),
    notes.NotARaiseError(),
    notes.InvalidRaiseError((Reason(rule=ValidityRule.EXCLUDED_CLASS, element="A", path="", other="B"),)),
    notes.NothingRaisedError(),
    notes.UnconfirmedError(1),
    *(notes.ConsentRefusedError(problem) for problem in notes.ConsentProblem),
    *(notes.SourceRefusedError(problem) for problem in notes.SourceProblem),
    notes.NoteFormatError("portions[2]", "no label"),
    *(notes.ImportRefusedError(problem) for problem in notes.ImportProblem),
    registers.ClockSetBackError(datetime(2026, 11, 1, 8, tzinfo=UTC)),
    registers.BrokenChainError(3),
    registers.EntryFormatError("kind"),
    rendering.UnprintableCharacterError("中", path="holder", portion=None),
    rendering.UnprintableCharacterError("中", path="portions[1]", portion=2),
    rendering.NoRoomError(),
    settings.UnreadableSettingsError(FILE, "not TOML"),
    settings.UnwritableSettingsError(FILE, "No space left on device"),
    settings.UnknownSettingError(FILE, "langage"),
    settings.LockedSettingError(FILE, "language"),
    *(settings.BadSettingError(FILE, "a", settings.Expected(kind=kind)) for kind in settings.Kind),
    vault.WrongPassphraseError(),
    vault.WrongKeyFileError(),
    vault.BadKeyFileError(),
    *(vault.OtherFactorError(kind) for kind in ("keyring", "card")),
    vault.NoSuchWayError("keyfile"),
    vault.WayExistsError("passphrase"),
    vault.LastWayError(),
    vault.WaysWouldFallError((vault.SlotSummary(id="a" * 32, kind="card"),)),
    vault.NotAVaultError(),
    vault.FolderNotEmptyError(),
    vault.VaultBusyError(),
    vault.NotABackupError(),
    vault.BackupInsideVaultError(),
    vault.UnreadableFilterError(Filter(field=Field.DATE, value="demain", typed="date:demain")),
    OutputError(vault.DiskProblem.FULL, file="-"),
    vault.NewerFormatError("header.json"),
    vault.CompartmentClosedError("c" * 32),
    vault.VaultClosedError(),
    *(
        vault.UnknownIdError(kind, "zz")
        for kind in ("compartment", "note", "contact", "authority", "member", "slot", "search", "template")
    ),
    *(
        vault.UnknownIdError(kind, "zz")
        for kind in ("package", "requirement", "consent", "note in the bin", "note out of the bin", "link")
    ),
    vault.UnknownIdError("member", ""),
    vault.CeilingError("c" * 32),
    vault.NotesAboveCeilingError("c" * 32, ("2026-00001", "2026-00007")),
    vault.NotInUseError("n" * 32),
    vault.NoteThereError("n" * 32),
    vault.MovedAwayError("n" * 32),
    *(vault.StillKeptError(NOW, is_fixed=one) for one in (False, True)),
    vault.PutAwayError("c" * 32),
    vault.NotesLeftError("c" * 32),
    vault.UnusableNameError(most=100),
    vault.GroupNameTakenError("Cabinet"),
    vault.SearchCancelledError(),
    *(vault.SearchRefusedError(problem, most=9) for problem in vault.SearchProblem),
    vault.QuarantineFullError(
        most=32, most_bytes=2**27, oldest="a" * 32, arrived=datetime(2026, 1, 1, tzinfo=UTC), size=9
    ),
    vault.DamagedError("shared.db"),
    vault.WrapRefusedError(),
    vault.AliasTakenError("Adjoint"),
    vault.AliasOfSeveralError("Adjoint", ("ab" * 16, "cd" * 16)),
    vault.WrongFingerprintError("Adjoint"),
    vault.UnconfirmedMembersError(("Adjoint", "Greffe")),
    vault.UnknownToMembersError(("Adjoint", "Greffe")),
    *(vault.NotClearedError("Adjoint", "Sahel", needed=needed) for needed in (None, "c" * 32)),
    vault.OnlyMemberError(),
    vault.HeaderRolledBackError(),
    vault.UnknownIdError("reader", "Adjoint"),
    *(vault.DiskError(problem, file="a.pli") for problem in vault.DiskProblem),
    crypto.RecipientsError("x"),
    crypto.HeaderError("x"),
    crypto.HmacError("x"),
    crypto.ArmorError("x"),
    crypto.NoMatchError("x"),
    crypto.PayloadError("x"),
    crypto.KeyFormatError("x"),
    keystore.KeyringAbsentError(),
    keystore.KeyringLockedError(),
    keystore.KeyringEntryLostError(),
    keystore.CardLibraryError(),
    keystore.CardAbsentError(),
    keystore.CardKeyMissingError(),
    keystore.SeveralCardsError(),
    keystore.CardRefusedError(),
    keystore.WrongPinError(),
    keystore.WrongPinError(is_last_try=True),
    keystore.PinBlockedError(),
]


def classes_below(*roots: type[Exception]) -> set[type[Exception]]:
    return {each for root in roots for child in root.__subclasses__() for each in (child, *classes_below(child))}


def name_of(error: object) -> str:
    return type(error).__name__


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", SAMPLES, ids=name_of)
def test_an_error_is_said_in_whole_sentences(error: Exception, language: str) -> None:
    said = sentence_for(error, Catalogue.load(language))

    assert said is not None
    assert said[0] == said[0].upper()
    assert said.endswith((".", ":"))
    assert not [name for _, name, _, _ in string.Formatter().parse(said) if name]


@pytest.mark.parametrize("error", SAMPLES, ids=name_of)
def test_french_is_not_english(error: Exception) -> None:
    french, english = (sentence_for(error, Catalogue.load(language)) for language in ("fr", "en"))

    assert french != english


def test_every_error_that_a_person_can_meet_is_among_them() -> None:
    product = {each for each in classes_below(*ROOTS) if each.__module__.startswith("cloison")}

    assert {type(error) for error in SAMPLES} == product - FAMILIES - OURS


@pytest.mark.parametrize(
    "error",
    [crypto.SignatureError("x"), crypto.BoxError("x"), vault.VaultError(), vault.UnknownIdError("serial", "3")],
    ids=name_of,
)
def test_a_fault_of_ours_has_no_sentence(error: Exception) -> None:
    assert sentence_for(error, Catalogue.load("fr")) is None


@pytest.mark.parametrize("root", sorted(FAMILIES - {settings.SettingsError}, key=str), ids=str)
def test_an_error_nobody_knows_of_has_no_sentence(root: type[Exception]) -> None:
    class NewError(root):  # type: ignore[misc, valid-type]
        path = value = reason = ""

        def __init__(self) -> None:
            Exception.__init__(self)

    assert sentence_for(NewError(), Catalogue.load("en")) is None


def test_an_error_of_another_world_has_no_sentence() -> None:
    assert sentence_for(ZeroDivisionError(), Catalogue.load("en")) is None


@pytest.mark.parametrize(
    ("error", "facts"),
    [
        (notes.UnmarkedPortionsError((0, 2, 3, 4, 9)), "titre, 2–4, 9"),
        (vault.DiskError(vault.DiskProblem.FULL, file="a.pli"), "a.pli"),
        (packages.CannotSealError((refused("Cabinet", None),)), "Cabinet"),
        (packages.CannotSealError((refused("Partenaire", TrustShortfall.NOT_COMPARED),)), "Partenaire"),
        (packages.UnknownSenderError(bytes(32)), "aaaa aaaa aaaa"),
        (directory.FingerprintError(directory.FingerprintProblem.TOO_SHORT, least=20), "20"),
        (directory.UnholdableClearanceError(nationality="DEU", reasons=(REASON,)), "SPÉCIAL FRANCE"),
        (labels.MarkError("[X-Y]", labels.MarkFault.UNKNOWN, element="y"), "[X-Y]"),
        (rendering.UnprintableCharacterError("中", path="", portion=2), "U+4E2D"),
        (labels.DanglingReferenceError("a/b[2]", "SECRT"), "a/b[2]"),
        (registers.BrokenChainError(3), "3"),
    ],
    ids=name_of,
)
def test_the_facts_stand_in_the_sentence(error: Exception, facts: str) -> None:
    assert facts in str(sentence_for(error, Catalogue.load("fr")))
