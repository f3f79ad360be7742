"""Strangers' tables, read row by row in bounded memory, or refused in a sentence."""
