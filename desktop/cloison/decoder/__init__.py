"""A process of its own that turns foreign pictures and pages into plain pixels, and imports nothing of ours.

What parses foreign files is where attacks come in, so it happens where nothing can be taken: no key, no text and no
path is in this process, it opens no file and no connection once it reads, and it dies with the session.

**One picture** for a note: ``python -I -m cloison.decoder LONGEST_SIDE PARENT``. It ends after one answer.

- In, on standard input: the file, whole, then the end.
- Out, on standard output: one byte, 0 for a picture or the number of a ``Refusal``. After 0: width, height and
  channels (1 grey, 3 RGB) as three big-endian 32-bit numbers, then the rows from the top, 8 bits to a channel.

**The pages** of an attachment, to be looked at: ``python -I -m cloison.decoder.viewing pdf|picture PARENT``. It ends
with its input.

- In: the length of the file as a big-endian 64-bit number and the file; then, for each page that is wanted, its number
  from 0 and the most pixels across, as two big-endian 32-bit numbers.
- Out, for each: as above, with the number of pages, a 32-bit number too, before the width.

Where the system has no filter of its calls, only the first answers, and on Linux neither: elsewhere, nothing is shown.

A PDF is drawn by PDFium, as QtPdf brings it: built without JavaScript and without forms that reckon, and it draws the
window's own pages too, so that no second reader of PDF is on the machine. It sees no font but those in the file and
its own.

The session believes none of it: it measures each answer, and makes a fresh PNG of what goes into a note.
"""
