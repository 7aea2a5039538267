"""What an entry, a night, a count and a table are: rules that call nobody."""
