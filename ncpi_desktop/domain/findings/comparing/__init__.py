"""Several inspections side by side, in order of time: what changed, and what chance could do."""
