"""Every mail, to be read while developing. This part does not exist in production."""
