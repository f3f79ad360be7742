"""The yardstick of an inspection: scale, areas, stages, criteria and reasons, by version."""
