-- What could not be verified, and why? Without a status, the object could not even be read.
SELECT cluster, uri, etag, member, taken_at, status, error, message
FROM current_verdicts
WHERE verdict = 'error'
ORDER BY cluster, taken_at, uri, etag, member
