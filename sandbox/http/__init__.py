"""An HTTP server with faults on request."""
