"""Requirements: what readers asked in their receipts, answered with a note or closed with a reason."""
