"""The frame of the main window: the columns around the page, and the strips above and below."""
