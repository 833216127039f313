"""A teacher for the shipped model: a pretrained encoder, tuned on the gold corpora, that annotates newswire.

Needs the packages of the extra ``train``. Nothing of it is shipped or used when Dateline runs.
"""
