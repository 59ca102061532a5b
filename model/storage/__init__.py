"""Bytes ↔ Design: strict reading, one canonical form, and saving that never leaves half a file."""

from model.storage.atomic import Stamp, write_atomically
from model.storage.canonical import dump
from model.storage.designs import Loaded, file_bytes, load, parse_design, save

__all__ = ["Loaded", "Stamp", "dump", "file_bytes", "load", "parse_design", "save", "write_atomically"]
