"""NCPI Case Review: grade child protection cases offline and hand over findings that nobody has to correct."""

__version__ = "0.1.0"
