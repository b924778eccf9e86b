-- Views over the three tables, for Spark and DuckDB alike. Questions are asked of these and not of the tables.

-- The verdict that holds of each object: the newest, where there are several; one without a verdict only where there is
-- no other. An archive has a row for each member.
CREATE OR REPLACE TEMPORARY VIEW current_verdicts AS
SELECT * FROM (
  SELECT *, rank() OVER (
    PARTITION BY uri, etag
    ORDER BY CASE WHEN status IS NULL THEN 1 ELSE 0 END, verified_at DESC, run
  ) AS place
  FROM verdicts
) ranked
WHERE place = 1;

-- What belongs to these verdicts. Rows that a run left behind when it was cut off have no verdict, and don't count.
CREATE OR REPLACE TEMPORARY VIEW current_counts AS
SELECT counts.* FROM counts
JOIN current_verdicts v
  ON counts.run = v.run AND counts.uri = v.uri AND counts.etag = v.etag AND counts.member = v.member;

CREATE OR REPLACE TEMPORARY VIEW current_findings AS
SELECT findings.* FROM findings
JOIN current_verdicts v
  ON findings.run = v.run AND findings.uri = v.uri AND findings.etag = v.etag AND findings.member = v.member;

-- The newest snapshot of each cluster.
CREATE OR REPLACE TEMPORARY VIEW newest_verdicts AS
SELECT * FROM (
  SELECT *, rank() OVER (PARTITION BY cluster ORDER BY taken_at DESC, uri, etag) AS age
  FROM current_verdicts
) ranked
WHERE age = 1;
