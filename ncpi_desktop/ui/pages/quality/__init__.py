"""The page Quality: the sampled cases, what two readings differ in and how it is settled, and how well readers agree."""
