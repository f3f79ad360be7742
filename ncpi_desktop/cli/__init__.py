"""The command line: one file a command, no windows, the same workflows and the same words."""
