"""The history of a note: its revisions, what differs between two of them, and restoring one."""
