"""The history: who changed what, when and why, sealed into a chain."""
