"""The paragraph editor: one portion is one block of text, and its mark never silently falls.

What a paragraph is worth hangs on a *cell* (see ``cells``): the block carries the number of the cell, the cell carries
the label. Qt's own undo stack carries the numbers and so always restores what a paragraph was worth when its text was
there. A mark that rises is written into the cell, where undo does not reach: undo never takes it back. A mark that
falls is an act with a reason, and itself a step that undo takes back. The guard (see ``guard``) looks at every change
of the document, works out which text flowed where (see ``flow``, ``plan``) and gives each paragraph a cell worth at
least everything that is now in it.

A paragraph without words has nothing that could fall: it is marked freely. Text from outside makes the paragraph it
comes into *worth at least what it was, not settled* (see ``standing``).
"""
