"""The commands; they know no Qt."""
