"""On the record: who said and did what to whom, with the words that prove it."""
