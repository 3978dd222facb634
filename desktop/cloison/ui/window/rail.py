"""The left column: compartments, flows, and the way out."""
