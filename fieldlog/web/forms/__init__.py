"""One form per file: what is asked, in words; the rules stand in the services."""
