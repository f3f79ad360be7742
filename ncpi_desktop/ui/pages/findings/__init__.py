"""What the inspection found, in words: findings, recommendations, discussions with partners, notices, and the report page by page."""
