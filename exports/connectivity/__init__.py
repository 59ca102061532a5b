"""Scripts that try the flows of a design where they start, and what they answer read back as evidence."""
