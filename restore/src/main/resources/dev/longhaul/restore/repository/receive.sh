# Takes a file over its input, piece by piece: each is acknowledged before the next one is sent.
# $1 the file   $2 its bytes   $3 bytes of a piece; the last may have fewer
set -eu
umask 077
mkdir -p "${1%/*}"
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
