"""What leaves the window: the export dialog, output jobs, the report's profile and its preview, edited tables."""
