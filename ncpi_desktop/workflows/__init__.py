"""What people do with an audit, one public function per intention: the only door to the disk."""
