"""Linguistic annotation: the spaCy pipeline that reads a paragraph, and the training that makes it."""
