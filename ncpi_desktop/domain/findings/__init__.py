"""The figures of an inspection: counts, shares, their uncertainty, and what changed since the last one."""
