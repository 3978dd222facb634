"""The first run: five pages from nothing to a vault with a compartment, and a note to start with."""
