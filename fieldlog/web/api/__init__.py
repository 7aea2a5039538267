"""What phones ask for and send as data: JSON in, JSON out, errors too."""
