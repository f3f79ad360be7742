"""The parts that pages are built from: each draws itself from a `Theme` and plain values, and knows no case."""
