"""One inspector's judgement of one case, whether it is complete, and whether it contradicts itself."""
