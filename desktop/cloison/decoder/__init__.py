"""A process of its own that turns a foreign picture into plain pixels, and imports nothing of ours.

What parses foreign files is where attacks come in, so it happens where nothing can be taken: no key, no text and no
path is in this process, it opens no file and no connection once it reads, and it ends after one picture. The session
starts ``python -I -m cloison.decoder LONGEST_SIDE`` and speaks with it through two pipes.

- In, on standard input: the file, whole, then the end.
- Out, on standard output: one byte, 0 for a picture or the number of a ``Refusal``. After 0: width, height and
  channels (1 grey, 3 RGB) as three big-endian 32-bit numbers, then the rows from the top, 8 bits to a channel.

The session believes none of it: it measures the answer and makes a fresh PNG out of the pixels.
"""
