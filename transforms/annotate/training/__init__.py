"""Corpora to spaCy pipeline, in four steps: prepare, train, evaluate, package."""
