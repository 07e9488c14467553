"""What every pretend video service has: jobs, a ledger, films."""
