"""The shared lexicon: its list, one term with what every region says of it, its forms."""
