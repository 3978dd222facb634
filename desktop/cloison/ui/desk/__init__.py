"""The desk of an open vault: the frame, the editor and the pages, tied to the actions."""
