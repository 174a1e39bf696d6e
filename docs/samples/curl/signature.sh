# Signs a request with openssl. Bash.

# The secret is the key's text; as an option it is passed in hex, so that it may contain any character.
hex_of() { printf %s "$1" | od -An -v -tx1 | tr -d ' \n'; }

# sign SECRET APP_KEY TIMESTAMP NONCE FILE: the file holds the body, byte for byte as it is sent.
sign() {
  local body_hash
  body_hash=$(openssl dgst -sha256 -r "$5" | cut -d ' ' -f 1)
  printf '%s\n%s\n%s\n%s' "$2" "$3" "$4" "$body_hash" |
    openssl dgst -sha256 -mac HMAC -macopt "hexkey:$(hex_of "$1")" -r | cut -d ' ' -f 1
}
