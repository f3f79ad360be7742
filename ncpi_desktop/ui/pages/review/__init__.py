"""The review page: queue, record and judgement side by side."""
