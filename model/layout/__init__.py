"""Automatic arrangement, connectors' routes and places for their labels.

Pure geometry over ids and rectangles, in scene pixels: nothing here knows of designs or toolkits.
"""

from model.layout.arrangement import Arrangement, Node, arrange, fit_zones
from model.layout.blocks import Area
from model.layout.courses import is_clear, line_along, places_of, taken
from model.layout.routing import Connector, Pair, Routes, reroute, route
from model.layout.selection import arrange_some
from model.layout.tidying import tidy

__all__ = [
    "Area",
    "Arrangement",
    "Connector",
    "Node",
    "Pair",
    "Routes",
    "arrange",
    "arrange_some",
    "fit_zones",
    "is_clear",
    "line_along",
    "places_of",
    "reroute",
    "route",
    "taken",
    "tidy",
]
