"""What a design holds: components, zones, choices, views, output jobs, and the invariants between them."""
