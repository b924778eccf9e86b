-- Where is only the last step left?
-- Every live value is encrypted, but old copies can still be read: in the history, which a compaction removes, or in
-- free pages, which a defragmentation removes.
SELECT cluster, sum(history_plaintext) AS old_revisions, sum(residue_objects) AS objects_in_free_pages,
  CASE WHEN sum(history_plaintext) > 0 THEN 'compact, then defragment' ELSE 'defragment' END AS to_do
FROM newest_verdicts
GROUP BY cluster
HAVING sum(live) > 0 AND sum(live_plaintext) = 0 AND sum(history_plaintext) + sum(residue_objects) > 0
ORDER BY cluster
