"""Inventories of hosts: their rows, what they would place and change in a design, and the design with that done."""
