"""Rules as they are: read from firewalls and clouds, and judged by the flows of a design."""
