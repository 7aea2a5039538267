"""Layout of grouped counts into tables and headline figures, without Flask or SQLite."""
