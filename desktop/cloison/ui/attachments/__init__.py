"""The attachments of a note: listed, looked at, put to it, marked, taken out, saved out where the settings allow it."""
