"""A resident's own phone, as a browser without scripts: the gateway's pages, their forms, a cookie jar."""

import http.cookiejar
import re
import secrets
import urllib.error
import urllib.parse
import urllib.request

from rig import Failed


class Phone:
    def __init__(self, url):
        self.url = url
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.browser = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar)

    def log_in(self, user_code, person):
        """Says yes at the kiosk's code and becomes one of the pretend VNeID's residents."""
        asked = self._open("/d?code=" + user_code)
        provider = self._submit("/d", asked, {"decision": "approve"}, ("code", "csrf"))
        self._submit("/demo/vneid/authorize", provider, {"person": person, "decision": "approve"}, ("request",))

    def send_picture(self, link, path):
        self._open(link)
        with open(path, "rb") as file:
            picture = file.read()
        mark = secrets.token_hex(16)
        body = (f'--{mark}\r\nContent-Disposition: form-data; name="picture"; filename="IMG_0042.jpg"\r\n'
                "Content-Type: image/jpeg\r\n\r\n").encode() + picture + f"\r\n--{mark}--\r\n".encode()
        self._open(link, body, f"multipart/form-data; boundary={mark}")

    def _submit(self, path, page, fields, hidden):
        for name in hidden:
            found = re.search(f'name="{name}" value="([^"]*)"', page)
            if not found:
                raise Failed(f"the phone's page before {path} has no {name}")
            fields[name] = found.group(1)
        return self._open(path, urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def _open(self, path, body=None, content_type=None):
        url = path if path.startswith(self.url) else self.url + path
        request = urllib.request.Request(url, body, {"Content-Type": content_type} if content_type else {})
        try:
            with self.browser.open(request, timeout=20) as answer:
                return answer.read().decode()
        except urllib.error.URLError as error:
            raise Failed(f"the phone was refused at {path.split('?')[0]}: {error}") from error
