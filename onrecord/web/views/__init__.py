"""What the pages show, each a pure function of an archive and what is asked: HTML, JSON, CSV and the assistants' tools
are made of the same answer."""
