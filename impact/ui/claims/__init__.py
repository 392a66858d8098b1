"""Impact claims: listed by level, opened one by one, written by teams, read by those who are not their authors."""
