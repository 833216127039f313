"""Which mentions tell the same event: blocks, scores, clusters, links."""
