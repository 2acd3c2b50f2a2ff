#!/bin/sh
# Makes what a new machine needs to know and nobody else may: .env for compose, app.env for the app, secrets/client-keys.json for the EHRs.
# Refuses to overwrite any of them, and to leave half of them behind. It prints no secret.
set -eu

usage() {
  cat >&2 <<'USAGE'
Usage: deploy/secrets.sh --app <host> --meet <host> --address <ip> --email <address> --organisation <id> [--organisation <id>]
  --app           where people open their visits, such as visits.example.org
  --meet          where Jitsi answers, such as meet.example.org
  --address       this machine's public address, which video is sent to
  --email         whom the certificate authority writes to
  --organisation  as in clinics/organisations.json; once for each
  --into          another folder than that of this script
USAGE
  exit 2
}
stop() {
  echo "$1" >&2
  exit 1
}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
repository=$(dirname -- "$here")
into=$here app='' meet='' address='' email='' organisations='' ids=''
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case $1 in
    --app) app=$2 ;;
    --meet) meet=$2 ;;
    --address) address=$2 ;;
    --email) email=$2 ;;
    --into) into=$2 ;;
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

for host in "$app" "$meet"; do
  case $host in *[!a-z0-9.-]* | .* | -* | *. | *..*) stop "\"$host\" is no host name: no https://, no path, lower case." ;; esac
  case $host in *.*) ;; *) stop "\"$host\" is no host name a certificate can be had for." ;; esac
done
# One origin for both would let Jitsi's pages act as the app's.
[ "$app" != "$meet" ] || stop 'The app and Jitsi need a host name each.'
case $address in *[!0-9a-f.:]*) stop "\"$address\" is no IP address." ;; esac
case $email in *[!A-Za-z0-9@._+-]* | @* | *@) stop "\"$email\" is no e-mail address." ;; *@*) ;; *) stop "\"$email\" is no e-mail address." ;; esac

[ -d "$into" ] || stop "$into is no folder."
into=$(CDPATH='' cd -- "$into" && pwd)
for made in .env app.env secrets/client-keys.json; do
  [ ! -e "$into/$made" ] || stop "$into/$made is there already. It is not overwritten: what it sealed or signed could no longer be read."
done

umask 077
undo() { rm -f "$into/.env" "$into/app.env" "$into/secrets/client-keys.json" "$into/.said"; }
trap 'undo' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$into/secrets" "$into/data"

random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }

# With Node and the packages here, or else in the image's first stage, which has both.
keys() {
  if command -v npm >/dev/null 2>&1 && [ -d "$repository/node_modules/tsx" ]; then
    # shellcheck disable=SC2086 # ids were checked, and are words of their own
    (cd "$repository" && npm run --silent keys -- "$into/secrets" $organisations)
  else
    docker build --quiet --target build --tag housecall-build --file "$repository/deploy/Dockerfile" "$repository" >/dev/null
    # shellcheck disable=SC2086
    docker run --rm --network none --user "$(id -u):$(id -g)" --env HOME=/tmp --volume "$into/secrets:/keys" housecall-build \
      npm run --silent keys -- /keys $organisations
  fi
}
lines=$(keys 2>"$into/.said") || {
  cat "$into/.said" >&2
  stop 'The keys could not be made. Is Docker running, or are Node and the packages (npm ci) here?'
}
rm -f "$into/.said"

# One Jitsi, one secret: whoever may mint for one clinic here may for all, and that is the app alone.
jitsi=$(printf '%s\n' "$lines" | sed -n 's/^HOUSECALL_JITSI_SECRET_[A-Z0-9_]*=//p' | head -n 1)
[ "${#jitsi}" -ge 32 ] || stop 'The keys could not be made: there was no secret for Jitsi among them.'

# What Prosody shows when it tells who came and left.
events=$(random)

# The app runs as the owner of its folders; never as root.
uid=$(id -u) gid=$(id -g)
if [ "$uid" = 0 ]; then
  uid=1000 gid=1000
  chown -R "$uid:$gid" "$into/secrets" "$into/data"
fi

{
  echo '# For the app alone. Back this up, and not beside its data: neither is of use without the other.'
  # Where the client keys lie in the container, compose says.
  printf '%s\n' "$lines" | sed -e '/^HOUSECALL_CLIENT_KEYS=/d' -e '/^HOUSECALL_JITSI_EVENTS_/d' -e "s/^\(HOUSECALL_JITSI_SECRET_[A-Z0-9_]*\)=.*/\1=$jitsi/"
  for id in $ids; do printf 'HOUSECALL_JITSI_EVENTS_%s=%s\n' "$(printf '%s' "$id" | tr 'a-z-' 'A-Z_')" "$events"; done
} >"$into/app.env"

cat >"$into/.env" <<ENV
# For compose.yaml. Secret.
APP_HOST=$app
JITSI_HOST=$meet
ACME_EMAIL=$email
APP_UID=$uid
APP_GID=$gid
# Origins of the EHR's pages that show the app in a frame, with spaces between; the same as frameAncestors in clinics/organisations.json.
EHR_FRAMES=
JWT_APP_SECRET=$jitsi
JICOFO_AUTH_PASSWORD=$(random)
JVB_AUTH_PASSWORD=$(random)
JVB_ADVERTISE_IPS=$address
JITSI_ORGANISATIONS=${ids# }
JITSI_EVENTS_SECRET=$events
# For the relay: COMPOSE_PROFILES=turn, and TURN_HOST=$meet.
COMPOSE_PROFILES=
TURN_HOST=
TURN_SECRET=$(random)
ENV

# These hold no secrets, and are read in their containers by users who do not own them.
if [ "$into" = "$here" ]; then chmod a+r "$here/Caddyfile" && chmod -R a+rX "$here/jitsi"; fi

trap - EXIT
echo "Made $into/.env, $into/app.env and $into/secrets/client-keys.json. Only their owner may read them."
