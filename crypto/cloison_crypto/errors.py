"""What can go wrong in the crypto library, as facts; sentences are the business of `wording`."""


class CryptoError(Exception):
    """Root of every error raised on purpose here; `reason` is a short fact in English that holds no secret."""

    def __init__(self, reason: str) -> None:
        """Keep the fact; never pass file content or key bytes."""
        super().__init__(reason)
        self.reason = reason


class SealedFileError(CryptoError):
    """A sealed file, of age or of a suite, cannot be written or read."""


class RecipientsError(SealedFileError):
    """The list of recipients cannot share one file: empty, too long, or mixed against the rules."""


class HeaderError(SealedFileError):
    """The header is not a well-formed one of its format, or a stanza in it is malformed."""


class HmacError(SealedFileError):
    """The file key was found but the header was changed after it was written."""


class ArmorError(SealedFileError):
    """The ASCII armor is not strictly what age writes."""


class NoMatchError(SealedFileError):
    """None of the identities opens this file."""


class PayloadError(SealedFileError):
    """The payload is damaged, cut short or followed by other bytes."""


class SignatureError(CryptoError):
    """A signature is malformed or does not hold for this body, domain and signer."""


class SuiteMissingError(CryptoError):
    """An identity has no keys of `suite`."""

    def __init__(self, suite: int) -> None:
        """Keep which one."""
        super().__init__(f"there are no keys of suite {suite}")
        self.suite = suite


class KeyFormatError(CryptoError):
    """A key, fingerprint, passphrase or recovery code as text or raw bytes is not well-formed."""


class CanonicalError(CryptoError):
    """JSON is not canonical or not of the expected shape; `path` says where, as in `files[2].name`."""

    def __init__(self, path: str, reason: str) -> None:
        """Keep where and what."""
        super().__init__(f"in {path}: {reason}" if path else reason)
        self.path = path
        self.reason = reason


class EnvelopeError(CryptoError):
    """A signed envelope or a bundle is not laid out as its format demands."""


class SlotError(CryptoError):
    """A key slot cannot be used."""


class WrongSecretError(SlotError):
    """The passphrase or recovery code does not open this slot."""


class WrongFactorError(SlotError):
    """The keyring entry or the card is not the one the slot was made with."""


class SlotBoundsError(SlotError):
    """Argon2id parameters outside the reading bounds; `parameter` names the one."""

    def __init__(self, parameter: str) -> None:
        """Keep the name of the parameter."""
        super().__init__(f"{parameter} is out of bounds")
        self.parameter = parameter


class BoxError(SlotError):
    """A sealed box does not open under this key and associated data."""
