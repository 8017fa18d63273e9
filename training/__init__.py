"""How the reader's weights are made. The package never imports this."""
