#!/bin/sh
# Makes what a new machine needs to know and nobody else may: .env for compose, app.env for the app, secrets/client-keys.json for the EHRs.
# Refuses to overwrite any of them, and to leave half of them behind. It prints no secret, and the hash of Jitsi's script.
set -eu

usage() {
  cat >&2 <<'USAGE'
Usage: deploy/secrets.sh --app <host> --meet <host> --address <ip> --email <address> --organisation <id> [--organisation <id>]
  --app           where people open their visits, such as visits.example.org
  --meet          where Jitsi answers, such as meet.example.org
  --address       this machine's public address, which video is sent to
  --email         whom the certificate authority writes to
  --organisation  as in clinics/organisations.json; once for each
  --turn          where the relay answers, such as turn.example.org: without it there is none
  --turn-address  another public address of this machine, to which that name leads: without it the relay has port 5349, not 443
  --signing       RS256: room tokens are signed by a key, and Jitsi knows no secret of the app's; without it they are signed by a secret
  --into          another folder than that of this script
Or: deploy/secrets.sh --script
  makes nothing, and prints the hash of the script in Jitsi's image: "script" in clinics/organisations.json
USAGE
  exit 2
}
stop() {
  echo "$1" >&2
  exit 1
}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
repository=$(dirname -- "$here")

# The image's first stage, which has Node and the packages, for a machine without them.
build_stage() {
  docker build --quiet --target build --tag housecall-build --file "$repository/deploy/Dockerfile" "$repository" >/dev/null
}

# Of the external_api.js that Jitsi's image has, as an `integrity` attribute has it. Fails where there is no Docker, no such image, or another thing in that place.
script_hash() {
  command -v docker >/dev/null 2>&1 || return 1
  web=$(sed -n 's/^ *image: *\(ghcr\.io\/jitsi\/web:[^ ]*\)$/\1/p' "$here/compose.yaml") && [ -n "$web" ] || return 1
  hash=$(docker run --rm --network none --entrypoint cat "$web" /usr/share/jitsi-meet/libs/external_api.min.js | hashed) || return 1
  case $hash in sha384-*[!A-Za-z0-9+/]*) return 1 ;; sha384-*) ;; *) return 1 ;; esac
  [ "${#hash}" = 71 ] && printf '%s\n' "$hash"
}
hashed() {
  program='const { createHash } = require("node:crypto"), all = []
process.stdin.on("data", (part) => all.push(part)).on("end", () => {
  const script = Buffer.concat(all)
  if (!script.includes("JitsiMeetExternalAPI")) process.exit(1)
  console.log("sha384-" + createHash("sha384").update(script).digest("base64"))
})'
  if command -v node >/dev/null 2>&1; then node -e "$program"; else docker run --rm --interactive --network none housecall-build node -e "$program"; fi
}

if [ $# = 1 ]; then
  case $1 in
    --script)
      command -v node >/dev/null 2>&1 || build_stage || stop 'There is neither Node nor Docker here.'
      script_hash || stop "Jitsi's script could not be looked at. Is Docker running, and can the image in compose.yaml be had?"
      exit
      ;;
  esac
fi

into=$here app='' meet='' address='' email='' organisations='' ids='' turn='' turn_address='' signing=HS256
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case $1 in
    --app) app=$2 ;;
    --meet) meet=$2 ;;
    --address) address=$2 ;;
    --email) email=$2 ;;
    --into) into=$2 ;;
    --turn) turn=$2 ;;
    --turn-address) turn_address=$2 ;;
    --signing) signing=$2 ;;
    --organisation)
      # It becomes a word of a command and a variable's name.
      case $2 in '' | *[!a-z0-9-]*) stop "\"$2\" is no organisation id: lower-case letters, digits and - only." ;; esac
      organisations="$organisations --organisation $2"
      ids="$ids $2"
      ;;
    *) usage ;;
  esac
  shift 2
done
[ -n "$app" ] && [ -n "$meet" ] && [ -n "$address" ] && [ -n "$email" ] && [ -n "$organisations" ] || usage

for host in "$app" "$meet" ${turn:+"$turn"}; do
  case $host in *[!a-z0-9.-]* | .* | -* | *. | *..*) stop "\"$host\" is no host name: no https://, no path, lower case." ;; esac
  case $host in *.*) ;; *) stop "\"$host\" is no host name a certificate can be had for." ;; esac
done
# One origin for both would let Jitsi's pages act as the app's.
[ "$app" != "$meet" ] || stop 'The app and Jitsi need a host name each.'
case $turn in "$app" | "$meet") stop 'The relay needs a host name of its own.' ;; esac
for ip in "$address" "$turn_address"; do
  case $ip in *[!0-9a-f.:]*) stop "\"$ip\" is no IP address." ;; esac
done
[ -z "$turn_address" ] || [ -n "$turn" ] || stop 'There is no relay without a name: --turn is missing.'
[ "$address" != "$turn_address" ] || stop 'On port 443 of that address the proxy answers: the relay needs another, or none.'
case $signing in HS256 | RS256) ;; *) stop "\"$signing\" is no way to sign: HS256 or RS256." ;; esac
case $email in *[!A-Za-z0-9@._+-]* | @* | *@) stop "\"$email\" is no e-mail address." ;; *@*) ;; *) stop "\"$email\" is no e-mail address." ;; esac

[ -d "$into" ] || stop "$into is no folder."
into=$(CDPATH='' cd -- "$into" && pwd)
first=${ids# } first=${first%% *}
jitsi_keys=jitsi-keys-$first.json
for kept in .env app.env secrets/client-keys.json "secrets/$jitsi_keys"; do
  [ ! -e "$into/$kept" ] || stop "$into/$kept is there already. It is not overwritten: what it sealed or signed could no longer be read."
done

umask 077
undo() { rm -f "$into/.env" "$into/app.env" "$into/secrets/client-keys.json" "$into/secrets/$jitsi_keys" "$into/.said"; }
trap 'undo' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$into/secrets" "$into/data" "$into/certificates"

random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }

# `npm run keys`, with Node and the packages here, or else in the image's first stage, which has both. Words: the folder's name comes first.
keys() {
  if command -v npm >/dev/null 2>&1 && [ -d "$repository/node_modules/tsx" ]; then
    # npm would ask its registry for a newer npm, and wait for an answer.
    (cd "$repository" && npm run --silent --no-update-notifier keys -- "$into/secrets" "$@")
  else
    build_stage
    docker run --rm --network none --user "$(id -u):$(id -g)" --env HOME=/tmp --volume "$into/secrets:/keys" housecall-build \
      npm run --silent keys -- /keys "$@"
  fi
}
made() {
  keys "$@" 2>"$into/.said" || {
    cat "$into/.said" >&2
    stop 'The keys could not be made. Is Docker running, or are Node and the packages (npm ci) here?'
  }
  rm -f "$into/.said"
}
# shellcheck disable=SC2086 # ids were checked, and are words of their own
lines=$(made $organisations)

# One Jitsi, one secret or one key: whoever may mint for one clinic here may for all, and that is the app alone.
jitsi='' keys_at='' xmpp=''
if [ "$signing" = RS256 ]; then
  made --jitsi "$first" >/dev/null
  keys_at=http://app:4000/jitsi/$first
  xmpp="cache_keys_url=\"$keys_at/jwks.json\""
else
  jitsi=$(printf '%s\n' "$lines" | sed -n 's/^HOUSECALL_JITSI_SECRET_[A-Z0-9_]*=//p' | head -n 1)
  [ "${#jitsi}" -ge 32 ] || stop 'The keys could not be made: there was no secret for Jitsi among them.'
fi

# What Prosody shows when it tells who came and left.
events=$(random)

# The app runs as the owner of its folders; never as root.
uid=$(id -u) gid=$(id -g)
if [ "$uid" = 0 ]; then
  uid=1000 gid=1000
  chown -R "$uid:$gid" "$into/secrets" "$into/data" "$into/certificates"
fi

{
  echo '# For the app alone. Back this up, and not beside its data: neither is of use without the other.'
  # Where the client keys lie in the container, compose says.
  printf '%s\n' "$lines" | sed -e '/^HOUSECALL_CLIENT_KEYS=/d' -e '/^HOUSECALL_JITSI_SECRET_/d' -e '/^HOUSECALL_JITSI_EVENTS_/d'
  for id in $ids; do
    name=$(printf '%s' "$id" | tr 'a-z-' 'A-Z_')
    if [ "$signing" = RS256 ]; then
      printf 'HOUSECALL_JITSI_KEYS_%s=/run/housecall/%s\n' "$name" "$jitsi_keys"
    else
      printf 'HOUSECALL_JITSI_SECRET_%s=%s\n' "$name" "$jitsi"
    fi
    printf 'HOUSECALL_JITSI_EVENTS_%s=%s\n' "$name" "$events"
  done
} >"$into/app.env"

# An address of IPv6 stands in brackets before its port.
at() { case $1 in *:*) printf '[%s]:443' "$1" ;; *) printf '%s:443' "$1" ;; esac }
turns_port=5349 turns_at=5349 https_at=443
if [ -n "$turn_address" ]; then turns_port=443 turns_at=$(at "$turn_address") https_at=$(at "$address"); fi
cat >"$into/.env" <<ENV
# For compose.yaml. Secret.
APP_HOST=$app
JITSI_HOST=$meet
ACME_EMAIL=$email
APP_UID=$uid
APP_GID=$gid
# Origins of the EHR's pages that show the app in a frame, with spaces between; the same as frameAncestors in clinics/organisations.json.
EHR_FRAMES=
# How Prosody knows the app's tokens: by the secret, or by the keys that it fetches from the app.
JWT_SIGN_TYPE=$signing
JWT_APP_SECRET=$jitsi
XMPP_CONFIGURATION=$xmpp
JWT_ASAP_KEYSERVER=${keys_at:+$keys_at/asap}
JICOFO_AUTH_PASSWORD=$(random)
JVB_AUTH_PASSWORD=$(random)
JVB_ADVERTISE_IPS=$address
JITSI_ORGANISATIONS=${ids# }
JITSI_EVENTS_SECRET=$events
# The relay: its name, the port people reach it at, and where that port is on this machine, as in docs/deploy.md, §9.
COMPOSE_PROFILES=${turn:+turn}
TURN_HOST=$turn
TURNS_PORT=$turns_port
TURNS_AT=$turns_at
HTTPS_AT=$https_at
TURN_SECRET=$(random)
ENV

# These hold no secrets, and are read in their containers by users who do not own them.
if [ "$into" = "$here" ]; then chmod a+r "$here/Caddyfile" && chmod -R a+rX "$here/jitsi" "$here/relay"; fi

trap - EXIT
echo "Made $into/.env, $into/app.env and the keys in $into/secrets. Only their owner may read them."
echo "Looking for Jitsi's script in its image, which takes a while where the image is not here yet." >&2
if hash=$(script_hash 2>/dev/null); then
  echo "In clinics/organisations.json, each \"jitsi\" needs \"script\": \"$hash\", so that no other script of Jitsi's runs in the app's pages."
else
  echo "Jitsi's image could not be looked at. Before the first patient: ./secrets.sh --script, and what it prints as \"script\" into each \"jitsi\" of clinics/organisations.json."
fi
[ "$signing" = HS256 ] || echo "In clinics/organisations.json, each \"jitsi\" needs \"signing\": \"RS256\"."
