"""Every sentence a person reads, French and English, for window, command line and paper."""
