"""Every query and every flush."""
