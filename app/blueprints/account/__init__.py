"""One's own account: who one is, where one is signed in, what is kept, and leaving."""
