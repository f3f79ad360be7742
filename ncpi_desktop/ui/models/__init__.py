"""What lists and pages show, page by page, without knowing how it is painted."""
