"""The effects, the photos, and the paid services that turn them into videos.

httpx lives only in this package, and it imports nothing else of ours.
"""
