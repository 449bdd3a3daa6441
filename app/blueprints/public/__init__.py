"""What anybody may see: the list of instructors, an instructor, and his free times."""
