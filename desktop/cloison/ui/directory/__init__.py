"""People and authorities known here: their cards, fingerprints compared, trust."""
