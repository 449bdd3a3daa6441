"""For those who run it: is it alive, is it ready."""
