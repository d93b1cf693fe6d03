"""Pictures and files of networks and process diagrams."""
