# Freezes file systems until its input ends, but at most $1 seconds. Prints a line once all are frozen, and for every
# line of its input again.   $2... where they are mounted
set -u
limit=$1
shift
frozen=

thaw() {
	trap '' HUP INT TERM PIPE
	for path in $frozen; do
		fsfreeze --unfreeze "$path"
	done
	frozen=
}

trap thaw EXIT
trap 'exit 1' HUP INT TERM PIPE
for path; do
	fsfreeze --freeze "$path" || { echo "longhaul: lost"; exit 1; }
	frozen="$path $frozen"
done
echo "longhaul: held"
timeout "$limit" sh -c 'while read -r line; do echo "longhaul: held"; done'
