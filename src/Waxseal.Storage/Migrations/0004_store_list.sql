-- Reports are listed newest first, all of a state or of a reporter, and counted by what they are and how they came.
CREATE INDEX report_by_state ON report (state, received_at, channel, trust);
CREATE INDEX report_by_reporter ON report (reporter, received_at);
