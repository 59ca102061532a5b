"""Files that people fill in, read: edited tables and inventories."""
