"""An HTTP server whose faults are planned."""
