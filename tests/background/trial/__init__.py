"""An app of jobs for the tests' own workers; it is installed by tests.background.worker_settings alone."""
