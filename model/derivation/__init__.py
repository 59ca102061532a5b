"""From a design and a catalog to its flows, and what differs between two graphs."""
