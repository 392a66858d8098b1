"""What regions and the country set out to reach: read by everybody, stated by the national office."""
