"""Automatic arrangement, connectors' routes and places for their labels.

Pure geometry over ids and rectangles: nothing here knows of designs, catalogs or toolkits. Units are scene pixels.
"""

from model.layout.routing import Connector, Pair, Routes, reroute, route

__all__ = ["Connector", "Pair", "Routes", "reroute", "route"]
