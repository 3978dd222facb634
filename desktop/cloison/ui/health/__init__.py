"""How the vault is, what to do about it, and its backups."""
