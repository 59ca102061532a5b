"""What firewalls, proxies and cloud accounts load: each format opens exactly what the flows require, or says what it
cannot express.

No text that a user may type freely reaches these files: objects are named after ids, rules after flow ids.
"""
