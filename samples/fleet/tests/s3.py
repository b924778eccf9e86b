"""An S3 server for the tests, moto's, that misbehaves for objects with certain words in their names.

python3 s3.py       prints the address, and serves until standard input ends
"""

import logging
import sys
import threading

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

ERROR = '<?xml version="1.0"?><Error><Code>{0}</Code><Message>{0}</Message></Error>'


def misbehaving(application):
    def respond(environ, start_response):
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        start = environ.get("HTTP_RANGE", "").removeprefix("bytes=").split("-")[0]
        if path.endswith("forbidden.db") and method == "GET":
            return error(start_response, "403 Forbidden", "AccessDenied")
        if path.endswith("replaced.tar") and method == "GET" and start not in ("", "0"):
            return error(start_response, "412 Precondition Failed", "PreconditionFailed")
        return application(environ, start_response)

    def error(start_response, status, code):
        start_response(status, [("Content-Type", "application/xml")])
        return [ERROR.format(code).encode()]

    return respond


if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, misbehaving(DomainDispatcherApplication(create_backend_app)), threaded=True)
    print(f"http://127.0.0.1:{server.port}", flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
