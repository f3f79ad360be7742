"""The sections of the report, one file each: findings in, flowables out; no section computes a figure."""
