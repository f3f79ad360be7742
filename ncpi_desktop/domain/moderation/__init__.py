"""Second readings of the same case: how far two readers agree, and how a difference is settled."""
