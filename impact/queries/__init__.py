"""Every SELECT. Functions take their scope and return frozen rows; the caller opens `db.reading()`."""
