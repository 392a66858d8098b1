"""The plan screen: one region's action, read and written part by part, and what the whole country prepares."""
