"""age v1, signatures, identities and key slots, on the standard library and cryptography alone."""
