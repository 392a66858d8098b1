"""Pure: a world goes in; sentences, rows and frames for tables and charts come out."""
