# Signs what each question on stdin says by the curl sample: bash vectors.sh <directory of the sample>
. "$1/signature.sh"

decode() { printf %s "${1#[-~]}" | openssl base64 -d -A; }
body=$(mktemp)
trap 'rm -f "$body"' EXIT
while read -r secret appKey timestamp nonce encoded _; do
  decode "$encoded" >"$body"
  sign "$(decode "$secret")" "$(decode "$appKey")" "$(decode "$timestamp")" "$(decode "$nonce")" "$body" 2>/dev/null ||
    echo refused
done
