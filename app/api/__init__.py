"""The local HTTP API that answers as Marketing Cloud Engagement does."""
