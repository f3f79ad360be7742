"""What a case, a grade and a finding are, in plain Python: no windows, SQL, files, clock or randomness."""
