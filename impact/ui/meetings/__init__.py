"""National meetings: listed, opened part by part, held by the national office, and followed up by everybody."""
