"""age v1, suites, signatures, identities and key slots, on the standard library and cryptography alone.

Everything secret passes through here and nowhere else, so that this folder can be read, and trusted, by itself. Nothing
is invented: each file names what it follows. Formats carry a version mark, are read strictly, and have one spelling.

- Keys in memory: `secrets`. JSON that is signed: `canonical`, read through `canonical.Fields`.
- A member's key at rest: `slots` (from `argon2`, `recovery_code`, `boxes`).
- Who somebody is: `identity` and `public_identity` (from `fingerprints`), with `signing` (from `p384`); what they
  signed: `envelope`.
- Sealed files: `age` (from `header`, `stream`, `sources`), to `hybrid`, `x25519` and `passphrase` recipients, keys
  as text by `bech32`, files as text by `armor`; `sealed`, for the highest levels, to `hybrid_p384` recipients.
- Which of them go together: `suites`.
- What goes wrong: `errors`.

Each suite pairs a classical with a post-quantum algorithm, to seal and to sign: a document must stay secret and a
signature true for decades, whichever of the two halves falls first. Suite 1 has X25519 with ML-KEM-768 and Ed25519 with
ML-DSA-65; suite 2, for the highest levels, P-384 with ML-KEM-1024 and ECDSA P-384 with ML-DSA-87.
"""
