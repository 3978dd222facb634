"""The vault on disk: header, SQLCipher files, notes, search, members, contacts. The only layer with SQL."""
