"""age v1, signatures, identities and key slots, on the standard library and cryptography alone.

Everything secret passes through here and nowhere else, so that this folder can be read, and trusted, by itself. Nothing
is invented: each file names what it follows. Formats carry a version mark, are read strictly, and have one spelling.

- Keys in memory: `secrets`. JSON that is signed: `canonical`, read through `canonical.Fields`.
- A member's key at rest: `slots` (from `argon2`, `recovery_code`, `boxes`).
- Who somebody is: `identity` (from `fingerprints`), with `signing`; what they signed: `envelope`.
- Sealed files: `age` (from `header`, `stream`, `sources`), to `hybrid`, `x25519` and `passphrase` recipients, keys
  as text by `bech32`, files as text by `armor`.
- What goes wrong: `errors`.

Signatures pair Ed25519 with ML-DSA-65, and sealing pairs X25519 with ML-KEM-768: a document must stay secret and a
signature true for decades, whichever of the two halves falls first. The suite byte leaves room for others.
"""
