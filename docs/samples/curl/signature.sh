# Signs a request with openssl. Bash.

# The hex digits of SHA-256 of what comes on stdin.
sha256() { openssl dgst -sha256 -r | cut -d ' ' -f 1; }

# hmac SECRET: of what comes on stdin. By hand, as RFC 2104 says: openssl takes the key only as an argument,
# and arguments are visible to every user of the machine in ps.
hmac() {
  local key inner='' outer='' hash i
  key=$(printf %s "$1" | od -An -v -tx1 | tr -d ' \n')
  if ((${#key} > 128)); then key=$(printf %s "$1" | sha256); fi
  printf -v key '%-128s' "$key"
  key=${key// /0}
  for ((i = 0; i < 128; i += 2)); do
    printf -v inner '%s\\x%02x' "$inner" $((16#${key:i:2} ^ 0x36))
    printf -v outer '%s\\x%02x' "$outer" $((16#${key:i:2} ^ 0x5c))
  done
  hash=$({ printf %b "$inner" && cat; } | sha256 | sed 's/../\\x&/g')
  printf %b "$outer$hash" | sha256
}

# sign SECRET APP_KEY TIMESTAMP NONCE FILE: the file holds the body, byte for byte as it is sent.
sign() {
  if [ -z "$1" ]; then # With an empty key anyone could sign.
    echo 'the secret is empty' >&2
    return 1
  fi
  local body_hash
  body_hash=$(sha256 <"$5") || return
  printf '%s\n%s\n%s\n%s' "$2" "$3" "$4" "$body_hash" | hmac "$1"
}
