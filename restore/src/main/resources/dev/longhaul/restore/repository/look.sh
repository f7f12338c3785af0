# Says how a bare repository is, and how it stands to a commit.
# $1 its directory   $2 the commit, or empty   $3 seconds for git fsck   $4 a bundle that is removed when all is done
set -u
LC_ALL=C
export LC_ALL
say() { printf 'longhaul: %s %s\n' "$1" "$2"; }
# Its files belong to Gitea's user; a command in the pod may be run by another one, whom Git would refuse them.
repository() { git -c 'safe.directory=*' --git-dir="$dir" "$@"; }

dir=$1
command -v git > /dev/null || { echo 'there is no git' >&2; exit 1; }
if [ ! -d "$dir" ]; then
	say there no
	exit 0
fi
say there yes
[ ! -e "$4" ] || say unfinished yes

limit=
if command -v timeout > /dev/null; then limit="timeout $3"; fi
# Of all that it says the last line tells how it ended.
{
	$limit git -c 'safe.directory=*' --git-dir="$dir" fsck --connectivity-only --no-dangling --no-progress 2>&1
	echo "longhaul: fsck $?"
} | sed -n -e '${
p
q
}' -e '1,5s/^/longhaul: said /p'

say head "$(repository rev-parse --verify --quiet 'HEAD^{commit}')"
[ -n "$2" ] || exit 0
if ! repository cat-file -e "$2^{commit}" 2> /dev/null; then
	say recorded missing
elif repository merge-base --is-ancestor "$2" HEAD 2> /dev/null; then
	say recorded held
	say ahead "$(repository rev-list --count "$2..HEAD")"
elif [ -n "$(repository for-each-ref --count=1 --contains "$2" refs/heads)" ]; then
	say recorded held
	say ahead "$(repository rev-list --count --branches "^$2")"
else
	say recorded behind
fi
