"""The words of regional actions: their lines, what changed in them, their money, what the country prepares together."""
