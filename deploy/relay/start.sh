#!/bin/sh
# Starts the relay once its certificate is there, and tells it when there is a newer one. Refuses to start with half of its settings.
# The secret goes into a file that only this container sees: on the command line every user of the machine could read it.
set -eu

: "${TURN_HOST:?is not set}" "${TURN_SECRET:?is not set}" "${RELAY_AT:?is not set}" \
  "${RELAY_FROM:?is not set}" "${RELAY_TO:?is not set}"
pair=${CERTIFICATES:-/certificates}/caddy/certificates/acme-v02.api.letsencrypt.org-directory/$TURN_HOST/$TURN_HOST
settings=${SETTINGS:-/etc/housecall/turnserver.conf}
written=${WRITTEN:-/tmp/turnserver.conf}
every=${LOOK_EVERY:-60}

trap 'exit 0' TERM INT
pause() { sleep "$every" & wait "$!" || true; }
seen() { cat "$pair.crt" "$pair.key" 2>&1 | cksum; }

until [ -s "$pair.crt" ] && [ -s "$pair.key" ]; do
  echo "Waiting for the certificate of $TURN_HOST."
  pause
done

umask 077
{
  cat "$settings"
  printf '%s\n' "realm=$TURN_HOST" "static-auth-secret=$TURN_SECRET" "cert=$pair.crt" "pkey=$pair.key"
  printf '%s\n' "listening-ip=$RELAY_AT" "relay-ip=$RELAY_FROM" "allowed-peer-ip=$RELAY_TO"
} >"$written"

loaded=$(seen)
last=$loaded
turnserver -c "$written" &
relay=$!
trap 'kill "$relay"' TERM INT
while kill -0 "$relay" 2>/dev/null; do
  pause
  now=$(seen)
  # Seen twice alike: certificate and key are written one after the other, and must belong together.
  if [ "$now" != "$loaded" ] && [ "$now" = "$last" ]; then
    kill -USR2 "$relay"
    loaded=$now
    echo "The certificate of $TURN_HOST is a newer one."
  fi
  last=$now
done
wait "$relay"
