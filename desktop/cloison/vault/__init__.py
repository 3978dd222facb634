"""SQLCipher vaults: compartments, notes, search, directory; the only SQL.

What lasts, and why it is so:

* **One file per compartment**, each with its own key and search index, each on a connection of its own. A closed one
  cannot be read or searched, and one act writes one file, so that note, number and register entry are committed
  together. What must also be known in ``shared.db`` is told after the commit, and again at the next opening.
* **Keys.** A secret opens a slot, the slot a random member key, the member key the member's own box (``member_box``):
  identity seeds, the key of the header's MAC, and whose signatures on wraps count. The identity opens wraps
  (``wraps``), each sealed to one member and signed inside: the key of ``shared.db`` (in the header) and those of
  compartments (in ``shared.db``). What one member holds opens nothing of another's, and whoever can only write files
  can hand nobody a key. From a file's key others are derived by use (``keys``): the SQLCipher key, the key and the id
  of its commitment.
* **Forms**, each with its version mark: ``cloison/header/v1``, ``cloison/member-box/v1``, ``cloison/wrap/v1``; inside
  the databases ``application_id``, ``user_version`` and a table of migrations. A newer form is refused, never guessed.
* **Going back is noticed.** Every act leaves a new state of its file, mirrored in ``shared.db`` as a salted commitment
  (``states``); the header's generation is known there too. Putting back every file at once cannot be noticed from
  inside: only something kept elsewhere can tell.
* **Privacy between members.** ``shared.db`` is read by all of them: it holds no name of a compartment, no membership,
  no note, and correspondents as keyed marks only (``exchange``). The number and sizes of files remain visible.
"""
