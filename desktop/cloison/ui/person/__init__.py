"""What concerns the person at this machine: the passphrase, the recovery code, the card."""
