"""Who is in the vault, and who is read into which compartment."""
