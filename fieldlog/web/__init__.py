"""Pages and forms: turn requests into plain calls of services, and answers into HTML."""
