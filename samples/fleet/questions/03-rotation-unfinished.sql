-- Where is a rotation of keys unfinished? Clusters whose newest values need more than one key.
SELECT n.cluster, c.provider, count(*) AS keys_in_use, sum(c.n) AS live_values, min(c.n) AS values_of_the_least_used_key
FROM newest_verdicts n
JOIN current_counts c ON c.run = n.run AND c.uri = n.uri AND c.etag = n.etag AND c.member = n.member
WHERE c.what = 'keys' AND c.layer = 'live' AND c.n > 0
GROUP BY n.cluster, c.provider
HAVING count(*) > 1
ORDER BY n.cluster, c.provider
