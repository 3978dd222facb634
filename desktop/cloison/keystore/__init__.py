"""What opens a vault: passphrases and how strong they are, the system keyring, smart cards.

A keyring entry holds 32 random bytes, and a card answers a question; alone neither opens anything. A second factor that
is absent, locked or lost is a typed error, and never keeps a vault from being opened another way. ``keyring`` and
``pkcs11`` are loaded when they are used and not before.
"""
