"""What leaves: one file per format, the registry and the command line; runs without Qt."""
