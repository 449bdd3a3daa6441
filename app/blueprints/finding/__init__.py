"""Where students find somebody: home, and the list of instructors."""
