"""Notes as portions that each carry a label, and what a given reader may read of one."""
