# Puts what a bundle holds in the place of a bare repository, which stays beside it under another name.
# $1 the repository   $2 the bundle   $3 name for what is made of it   $4 name for the repository that was there
# $5 the commit that it has to hold, or empty   $6 "all" if it has to hold every branch that the repository has
# $7 where all repositories lie   $8 seconds for each of Git's own commands
set -u
LC_ALL=C
export LC_ALL
dir=$1 bundle=$2 made=$3 aside=$4
say() { printf 'longhaul: %s %s\n' "$1" "$2"; }
refuse() {
	rm -rf "$made" "$bundle"
	say refused "$1"
	exit 0
}
limit=
if command -v timeout > /dev/null; then limit="timeout $8"; fi

# Left by one that was killed.
rm -rf "$made"
$limit git -c 'safe.directory=*' clone --quiet --bare --template= "$bundle" "$made" > "$bundle.said" 2>&1 \
	|| { said=$(head -n 1 "$bundle.said" | cut -c 1-300); rm -f "$bundle.said"; refuse "git clone: $said"; }
rm -f "$bundle.said"
new() { git -c 'safe.directory=*' --git-dir="$made" "$@"; }
old() { git -c 'safe.directory=*' --git-dir="$dir" "$@"; }
new remote remove origin 2> /dev/null
$limit git -c 'safe.directory=*' --git-dir="$made" fsck --connectivity-only --no-dangling --no-progress > /dev/null 2>&1 \
	|| refuse 'git fsck finds it damaged'

if [ -n "$5" ]; then
	if new cat-file -e "$5^{commit}" 2> /dev/null; then
		say recorded held
	elif [ "$6" = all ]; then
		refuse 'it lacks the recorded commit, too'
	else
		say recorded missing
	fi
fi
if [ "$6" = all ]; then
	for tip in $(old for-each-ref --format='%(objectname)' refs/heads refs/tags); do
		new cat-file -e "$tip" 2> /dev/null || refuse "it lacks commit $tip, which the restored repository has"
	done
fi
# The branch that was the default stays it.
branch=$(old symbolic-ref --quiet HEAD 2> /dev/null)
[ -z "$branch" ] || ! new show-ref --verify --quiet "$branch" || new symbolic-ref HEAD "$branch"

# Gitea's own user has to be able to write it.
if [ "$(id -u)" = 0 ]; then
	like=$dir
	[ -e "$like" ] || like=$7
	chown -R "$(stat -c %u:%g "$like")" "$made" || refuse 'its files cannot be given to their owner'
fi
chmod -R u+rwX,go+rX "$made"
$limit sync

moved=
if [ -e "$dir" ]; then
	[ ! -e "$aside" ] || refuse "there is a $aside"
	mv "$dir" "$aside" || refuse 'the repository that is there cannot be renamed'
	moved=yes
fi
if ! mv "$made" "$dir"; then
	[ -z "$moved" ] || mv "$aside" "$dir"
	refuse 'it cannot be renamed'
fi
[ -z "$moved" ] || say aside "$aside"
say replaced yes
