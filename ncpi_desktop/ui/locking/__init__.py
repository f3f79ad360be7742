"""Locking: the window shows nothing of the case and knows no key, until the passphrase is given again."""
