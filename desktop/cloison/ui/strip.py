"""The strip above and below everything: the highest mark on screen, in words and in colour."""
