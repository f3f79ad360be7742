"""Speed as ratios: each figure beside a peer or the bare limit, measured in the same run. Run it with ``python -m tests.bench``."""
