#!/bin/sh
# A provider's part, with curl alone: submit, upload, fileinfo, finish. Ends with 0 when Havre has
# the report, with 1 and the answer when it has not. Against `./run` it works as it stands;
# elsewhere set HAVRE_URL, HAVRE_PROVIDER and HAVRE_PROVIDER_KEY.
set -eu

door="${HAVRE_URL:-http://127.0.0.1:8000}/ispws"
who="${HAVRE_PROVIDER:-example-chat}:${HAVRE_PROVIDER_KEY:-demo-wire-key-4f1c9a7e2b60}"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# What stands between two tags of the last answer.
told() {
    sed -n "s|.*<$1>\([^<]*\)</$1>.*|\1|p" "$folder/answer.xml"
}

# Ask the door one thing; go on only when it says 0.
ask() {
    path=$1
    shift
    if ! curl --silent --show-error --user "$who" "$@" "$door/$path" >"$folder/answer.xml"; then
        echo "$path: no answer from $door" >&2
        exit 1
    fi
    if [ "$(told responseCode)" != 0 ]; then
        echo "$path was refused:" >&2
        cat "$folder/answer.xml" >&2
        exit 1
    fi
}

cat >"$folder/report.xml" <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<report>
  <incidentSummary>
    <incidentType>Online Enticement of Children for Sexual Acts</incidentType>
    <platform>Example Chat</platform>
    <incidentDateTime>2026-01-15T14:30:00-05:00</incidentDateTime>
  </incidentSummary>
  <internetDetails>
    <chatImIncident>
      <chatClient>Example Chat</chatClient>
      <content>He asked me to meet on Saturday.</content>
    </chatImIncident>
  </internetDetails>
  <reporter>
    <reportingPerson><firstName>Pat</firstName><email>desk@example.com</email></reportingPerson>
  </reporter>
  <personOrUserReported>
    <personOrUserReportedPerson><email>dock.master@example.com</email></personOrUserReportedPerson>
    <screenName>dock_master</screenName>
    <ipCaptureEvent>
      <ipAddress>192.0.2.17</ipAddress>
      <eventName>Login</eventName>
      <dateTime>2026-01-15T14:29:00-05:00</dateTime>
    </ipCaptureEvent>
  </personOrUserReported>
</report>
XML
echo "A picture of the pier at noon." >"$folder/pier.txt"

ask status
echo "$(told responseDescription)"

ask submit --header "Content-Type: text/xml; charset=utf-8" --data-binary "@$folder/report.xml"
report=$(told reportId)
echo "report $report is open"

# A large file need not be measured first: it may come in chunks.
ask upload --header "Transfer-Encoding: chunked" --form "id=$report" --form "file=@$folder/pier.txt"
file=$(told fileId)
echo "file $file is in, MD5 $(told hash)"

cat >"$folder/details.xml" <<XML
<?xml version="1.0" encoding="UTF-8"?>
<fileDetails>
  <reportId>$report</reportId>
  <fileId>$file</fileId>
  <originalFileName>pier.txt</originalFileName>
  <fileViewedByEsp>true</fileViewedByEsp>
</fileDetails>
XML
ask fileinfo --header "Content-Type: text/xml; charset=utf-8" --data-binary "@$folder/details.xml"

ask finish --form "id=$report"
echo "report $report is finished: it stands in the analysts' queue"
