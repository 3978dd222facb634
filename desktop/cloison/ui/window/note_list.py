"""The list of notes: fetched in pages as it is scrolled, under the search field."""
