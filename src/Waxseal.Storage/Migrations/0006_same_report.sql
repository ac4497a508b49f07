-- A report may come twice by two ways, one of which proves who sent it; then their keys share what they count alone.
CREATE INDEX report_by_content ON report (policy_domain, substr(report_key, 17));
