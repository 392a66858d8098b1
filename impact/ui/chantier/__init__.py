"""One chantier: its results chain, and its regions compared."""
