# Takes a file over its input, piece by piece: each is acknowledged before the next one is sent.
# $1 the file   $2 its bytes   $3 bytes of a piece; the last may have fewer
set -eu
owner=${1%/*}
if [ ! -d "$owner" ]; then
	mkdir -p "$owner"
	# It is Gitea's, even if nothing comes of this.
	[ "$(id -u)" != 0 ] || chown "$(stat -c %u:%g "${owner%/*}")" "$owner"
fi
umask 077
: > "$1"
got=0
while [ "$got" -lt "$2" ]; do
	left=$(($2 - got))
	piece=$3
	[ "$left" -ge "$piece" ] || piece=$left
	head -c "$piece" >> "$1"
	got=$((got + piece))
	[ "$(wc -c < "$1")" -eq "$got" ] || { echo "the input ended before byte $got" >&2; exit 1; }
	echo "longhaul: taken $got"
done
