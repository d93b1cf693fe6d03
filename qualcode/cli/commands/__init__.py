"""One module a word; each registers its commands with `register(app)`."""
