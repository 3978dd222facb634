"""What opens a vault: passphrases and how strong they are."""
