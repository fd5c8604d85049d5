"""Sends the test report to the team's own service."""

import urllib.request

with open("report.json", "rb") as report:
    request = urllib.request.Request(
        "https://api.acme.example/v1/test-reports",
        data=report.read(),
        headers={"Content-Type": "application/json"},
    )
urllib.request.urlopen(request).read()
