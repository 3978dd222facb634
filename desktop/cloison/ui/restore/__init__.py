"""Making a vault of a backup, before any vault is open."""
