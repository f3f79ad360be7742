"""`import`: brings in cases, force grades or finished reviews, all or nothing."""
