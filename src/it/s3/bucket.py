"""A bucket of an S3 server, by requests that are signed with AWS Signature Version 4."""

import datetime
import hashlib
import hmac
import http.client
import urllib.parse
import xml.etree.ElementTree

REGION = "us-east-1"
ACCESS_KEY, SECRET_KEY = "test:tester", "testing"
NOTHING = hashlib.sha256(b"").hexdigest()


def sign(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


class Bucket:
    def __init__(self, port, name):
        self.address, self.name = f"127.0.0.1:{port}", name

    def create(self):
        self.request("PUT", {})

    def keys(self):
        """The first thousand."""
        document = xml.etree.ElementTree.fromstring(self.request("GET", {"list-type": "2"}))
        return [key.text for key in document.iterfind(".//{*}Key")]

    def request(self, method, parameters):
        query = urllib.parse.urlencode(sorted(parameters.items()))
        connection = http.client.HTTPConnection(self.address, timeout=60)
        try:
            connection.request(method, f"/{self.name}?{query}", headers=self.signed(method, query))
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        assert response.status == 200, f"{method} {self.name}: {response.status} {body[:300]}"
        return body

    def signed(self, method, query):
        date = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        headers = {"host": self.address, "x-amz-content-sha256": NOTHING, "x-amz-date": date}
        names = ";".join(headers)
        lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
        request = f"{method}\n/{self.name}\n{query}\n{lines}\n{names}\n{NOTHING}"
        scope = f"{date[:8]}/{REGION}/s3/aws4_request"
        text = f"AWS4-HMAC-SHA256\n{date}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
        key = ("AWS4" + SECRET_KEY).encode()
        for part in scope.split("/"):
            key = sign(key, part)
        signature = sign(key, text).hex()
        credential = f"Credential={ACCESS_KEY}/{scope}"
        return {**headers, "Authorization": f"AWS4-HMAC-SHA256 {credential}, SignedHeaders={names}, Signature={signature}"}
