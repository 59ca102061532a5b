"""Automatic arrangement, connectors' routes and places for their labels.

Pure geometry over ids and rectangles, in scene pixels: nothing here knows of designs or toolkits.
"""

from model.layout.arrangement import Arrangement, Node, arrange, fit_zones
from model.layout.blocks import Area
from model.layout.routing import Connector, Pair, Routes, reroute, route

__all__ = [
    "Area",
    "Arrangement",
    "Connector",
    "Node",
    "Pair",
    "Routes",
    "arrange",
    "fit_zones",
    "reroute",
    "route",
]
