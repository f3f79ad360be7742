"""The audit file on disk: the only floor that speaks SQL."""
