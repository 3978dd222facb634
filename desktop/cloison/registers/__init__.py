"""Hash-chained registers: arrivals, dispatches, copies."""
