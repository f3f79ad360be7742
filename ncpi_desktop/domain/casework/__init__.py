"""The inspection, its people, and the cases it reads."""
