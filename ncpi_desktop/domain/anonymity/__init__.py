"""What may identify a child or an adult in a text that must not."""
