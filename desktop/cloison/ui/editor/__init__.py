"""The paragraph editor: one portion is one block of text, and its mark never silently falls.

What a paragraph is worth hangs on a *cell* (see ``cells``): the block carries the number of the cell, the cell carries
the label. Qt's own undo stack carries the numbers and so always restores what a paragraph was worth when its text was
there; marks set by a person are written into the cell, where undo does not reach, so that undo never takes one back.
The guard (see ``guard``) looks at every change of the document, works out which text flowed where (see ``flow``) and
gives each paragraph a cell worth at least everything that is now in it.
"""
