"""Our own annotation of sixty articles of ``articles.jsonl.gz``: ids and offsets, no text. See README.md here."""
