"""Actors, statements of ties, the networks seen through them, and what can be measured on those."""
